import { defineConfig } from "vitest/config";

// The whole table of test/dead-air; `npm test` plays a part of it.
export default defineConfig({
  test: {
    include: ["test/dead-air/**/*.test.ts"],
    setupFiles: ["test/harness/no-leaks.ts"],
    env: { DEAD_AIR: "all" },
    pool: "forks",
    maxWorkers: 1,
  },
});
