import { defineConfig } from "vitest/config";

// Against independent peers from Debian. What is missing on this machine is skipped and named.
export default defineConfig({
  test: {
    include: ["test/interop/**/*.test.ts"],
    globalSetup: ["test/interop/dashboard/build.ts"],
    pool: "forks",
    maxWorkers: 4,
    maxConcurrency: 24,
    testTimeout: 90_000,
    hookTimeout: 60_000,
  },
});
