import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["portico-source"] },
  ssr: { resolve: { conditions: ["portico-source"] } },
  test: {
    include: ["{packages,servers,examples,scripts,interop}/**/*.test.ts"],
    testTimeout: 20_000,
  },
});
