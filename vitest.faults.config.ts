import { defineConfig } from "vitest/config";

// Crashes by the hundred; FAULT_RUNS and FAULT_SEED say how many and which.
export default defineConfig({
  test: {
    include: ["test/faults/**/*.test.ts"],
    setupFiles: ["test/harness/no-leaks.ts"],
    pool: "forks",
    maxWorkers: 1,
  },
});
