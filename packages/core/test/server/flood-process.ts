import { defineServer, serve, tool } from "../../src/index.ts";
import { stdio } from "../../src/node.ts";

const RESULT = "x".repeat(20_000);

const big = tool({ name: "big", description: "Says much.", run: () => RESULT });
const memory = tool({
  name: "memory",
  description: "Says how much memory this process ever held, in bytes.",
  run: () => String(process.resourceUsage().maxRSS * 1024),
});

await serve(defineServer({ name: "flood", version: "1.0.0", tools: [big, memory] }), stdio()).done;
