// Two servers that know nothing of each other and both call a tool `find`, for a client that uses both.
// What a model sees of them is the client's to decide: see the loop in client.ts.
import { defineServer, s, ToolError, tool } from "@portico/core";

const stock = new Map([
  ["tea", 3],
  ["milk", 0],
]);

/** Knows what is in the house. */
export const server = defineServer({
  name: "pantry",
  version: "1.0.0",
  tools: [
    tool({
      name: "find",
      description: "Says how much of a thing is left.",
      input: s.object({ thing: s.string() }),
      annotations: { readOnlyHint: true },
      run({ thing }) {
        const left = stock.get(thing);
        if (left === undefined) throw new ToolError(`There was never any ${thing} here.`);
        return `${left} left`;
      },
    }),
  ],
});

/** Knows what can be bought. */
export const shop = defineServer({
  name: "shop",
  version: "1.0.0",
  tools: [
    tool({
      name: "find",
      description: "Says what a thing costs.",
      input: s.object({ thing: s.string() }),
      annotations: { readOnlyHint: true },
      run: ({ thing }) => `${thing.length} EUR`,
    }),
  ],
});
