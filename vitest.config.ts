import { defineConfig } from "vitest/config";

// CI counts the tests from this file; nobody else needs it.
const report = process.env.TEST_REPORT;

export default defineConfig({
  resolve: { conditions: ["portico-source"] },
  ssr: { resolve: { conditions: ["portico-source"] } },
  test: {
    include: [
      "{packages,servers,testing,examples,scripts,interop,bench,conformance,deploy,docs}/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**", "bench/peers/**"],
    globalSetup: "testing/postgres/setup.ts",
    // All cores: by default one is left to whoever watches.
    maxWorkers: "100%",
    testTimeout: 20_000,
    // Hundreds of tests start processes and wait for sockets; on a busy machine one may starve. The summary names it.
    retry: process.env.CI ? 2 : 0,
    hookTimeout: 60_000,
    reporters: report ? ["default", "json"] : ["default"],
    ...(report ? { outputFile: { json: report } } : {}),
  },
});
