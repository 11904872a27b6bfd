// Asks the user for what only they can say, in a form the host shows, instead of letting the model guess.
// The handler is entered again once there is an answer: what has an effect comes after the last question.
import { confirm, defineServer, elicit, s, ToolError, tool } from "@portico/core";

const order = s.object({
  size: s.enum(["small", "medium", "large"], { title: "Size" }),
  cups: s.integer({ title: "How many", minimum: 1, maximum: 20 }),
});

/** Makes a café that has sold nothing yet. */
export function server() {
  let sold = 0;
  const orderCoffee = tool({
    name: "order_coffee",
    description: "Order coffee. Asks the user for the size and the number.",
    async run(_, ctx) {
      const form = elicit("Which coffee may it be?", order);
      if (!ctx.can(form)) {
        throw new ToolError("This host cannot ask the user; let them order at the counter.");
      }
      const wanted = await ctx.ask("order", form);
      if (wanted.action !== "accept") return "Nothing was ordered.";
      const { size, cups } = wanted.content;
      if (cups > 5) {
        const { action } = await ctx.ask("sure", confirm(`Really ${cups} cups?`));
        if (action !== "accept") return "Nothing was ordered.";
      }
      sold += cups;
      return `Ordered ${cups} ${size}; ${sold} sold today.`;
    },
  });
  return defineServer({ name: "cafe", version: "1.0.0", tools: [orderCoffee] });
}
