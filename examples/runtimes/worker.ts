// In a worker, which learns that a client is gone only when it writes to it: give signs of life more often.
import { httpHandler } from "@portico/core";
import { calculator } from "../mounting/calculator.ts";

const { fetch } = httpHandler(calculator, {
  allowedHosts: ["mcp.example.com"],
  limits: { keepAliveMs: 5000 },
});

export default { fetch };
