// The least that is a server: a name, a version and one tool.
// Everything else in this folder of examples is something added to this.
import { defineServer, s, tool } from "@portico/core";

const add = tool({
  name: "add",
  description: "Add two numbers.",
  input: s.object({ a: s.number(), b: s.number() }),
  run: ({ a, b }) => String(a + b),
});

/** Adds. */
export const server = defineServer({ name: "minimal", version: "1.0.0", tools: [add] });
