// The server under test. It gets what it works on, so that a test can look inside.
import { confirm, defineServer, type ServerDefinition, s, ToolError, tool } from "@portico/core";
import type { ShoppingList } from "./shopping-list.ts";

/** A server for one list. */
export function shopping(list: ShoppingList): ServerDefinition {
  const add = tool({
    name: "add",
    description: "Adds a thing to the shopping list.",
    input: s.object({ thing: s.string(), pieces: s.integer() }),
    run({ thing, pieces }) {
      try {
        return `${list.add(thing, pieces)} ${thing}`;
      } catch (error) {
        throw error instanceof RangeError ? new ToolError(error.message) : error;
      }
    },
  });

  const clear = tool({
    name: "clear",
    description: "Empties the shopping list. Asks the user.",
    annotations: { destructiveHint: true },
    async run(_, ctx) {
      const { action } = await ctx.ask("sure", confirm("Empty the list?"));
      if (action !== "accept") return "Kept.";
      list.clear();
      return "Emptied.";
    },
  });

  return defineServer({ name: "shopping", version: "1.0.0", tools: [add, clear] });
}
