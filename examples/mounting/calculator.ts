import { defineServer, type ServerDefinition, s, tool } from "@portico/core";

const add = tool({
  name: "add",
  description: "Add two numbers.",
  input: s.object({ a: s.number(), b: s.number() }),
  output: s.object({ sum: s.number() }),
  async run({ a, b }, ctx) {
    ctx.log("info", "adding");
    return { sum: a + b };
  },
});

/** What every server of this folder serves. */
export const calculator: ServerDefinition = defineServer({
  name: "calculator",
  version: "1.0.0",
  logging: true,
  tools: [add],
});
