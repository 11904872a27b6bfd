// Builds a tool from others of the same server: a model makes one call where it would make ten.
// `ctx.call` goes the way of every call, through the same checks, middleware and rights as if the client had made it.
import { defineServer, s, ToolError, tool } from "@portico/core";

const prices = new Map([
  ["apple", 3],
  ["bread", 25],
]);

const price = tool({
  name: "price",
  description: "What one piece of something costs, in kroner.",
  input: s.object({ item: s.string() }),
  output: s.object({ kroner: s.integer() }),
  annotations: { readOnlyHint: true },
  run({ item }) {
    const kroner = prices.get(item);
    if (kroner === undefined) throw new ToolError(`We do not sell ${item}; leave it out.`);
    return { kroner };
  },
});

const total = tool({
  name: "total",
  description: "What a basket costs, in kroner.",
  input: s.object({ items: s.array(s.string(), { minItems: 1, maxItems: 50 }) }),
  annotations: { readOnlyHint: true },
  async run({ items }, ctx) {
    const results = await Promise.all(items.map((item) => ctx.call("price", { item })));
    // What went wrong inside is a result too: here the model hears all of it.
    const failed = results.filter(({ isError }) => isError);
    if (failed.length > 0) {
      const reasons = failed.flatMap(({ content }) => content);
      throw new ToolError(reasons.map((one) => (one.type === "text" ? one.text : "")).join(" "));
    }
    const kroner = results.map(({ structuredContent }) => structuredContent as { kroner: number });
    return `${kroner.reduce((sum, one) => sum + one.kroner, 0)} kroner`;
  },
});

/** A shop. */
export const server = defineServer({ name: "shop", version: "1.0.0", tools: [price, total] });
