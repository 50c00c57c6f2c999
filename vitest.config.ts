import { defineConfig } from "vitest/config";

// Test files share one embedded PostgreSQL (a database each), started by the global set-up. Most of their time is
// speech in real time: four workers keep the two cores of the smallest machine we promise to run on busy.
export default defineConfig({
  test: {
    include: [
      "src/**/*.test.ts",
      "dashboard/src/**/*.test.ts",
      "sdk/web/src/**/*.test.ts",
      "test/**/*.test.ts",
      "examples/**/*.test.ts",
      "bench/**/*.test.ts",
    ],
    exclude: ["test/interop/**", "test/faults/**", "**/node_modules/**"],
    globalSetup: ["test/harness/postgres-setup.ts"],
    setupFiles: ["test/harness/no-leaks.ts"],
    pool: "forks",
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
