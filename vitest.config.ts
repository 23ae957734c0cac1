import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const BROWSER_TESTS = ["test/e2e/**/*.test.ts", "test/support/**/*.test.ts"];
const SLOW_TESTS = ["test/local/**/*.test.ts", "test/build/**/*.test.ts"];
const PAGE_TESTS = ["test/**/*.page.test.ts"];

/** Milliseconds: a second, as it is by default, is short where four browsers share two cores. */
const expect = { poll: { timeout: 15_000, interval: 50 } };

/** `npm test -- unit` runs one of these by name. */
export default defineConfig({
  test: {
    reporters: ["dot"],
    allowOnly: false,
    // Many tests wait for browsers and servers: on two cores the default is one at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    onConsoleLog: (log) => !log.includes("oidc-provider WARNING: Unsupported runtime"),
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [...BROWSER_TESTS, ...SLOW_TESTS, ...PAGE_TESTS],
          testTimeout: 30_000,
          expect,
        },
      },
      {
        test: {
          name: "pages",
          include: PAGE_TESTS,
          testTimeout: 30_000,
          expect,
          // They share one browser a process.
          isolate: false,
        },
      },
      {
        test: { name: "build", include: ["test/build/**/*.test.ts"], testTimeout: 30_000, hookTimeout: 60_000, expect },
      },
      {
        test: { name: "local", include: ["test/local/**/*.test.ts"], testTimeout: 30_000, hookTimeout: 60_000, expect },
      },
      {
        test: {
          name: "browsers",
          include: BROWSER_TESTS,
          testTimeout: 60_000,
          expect,
          hookTimeout: 120_000,
          // Two browsers at once on two cores would time each other out.
          fileParallelism: false,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
