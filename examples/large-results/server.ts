// Answers with pages for the model, and with a link to the whole for whoever wants it outside of the conversation.
// A tool's result is one message that a model reads to its end: ten thousand rows in it help nobody.
import { defineServer, Reply, resource, resourceLink, s, text, tool } from "@portico/core";

const PAGE = 50;
const ALL = "orders://all";
const orders = Array.from({ length: 120 }, (_, at) => ({ id: at + 1, euros: (at * 7) % 100 }));

const listOrders = tool({
  name: "list_orders",
  description: `Lists orders by id, ${PAGE} at a time. Give the last id as "after" to get those behind it.`,
  input: s.object({ after: s.optional(s.integer({ minimum: 0 })) }),
  output: s.object({
    orders: s.array(s.object({ id: s.integer(), euros: s.integer() })),
    left: s.integer(),
  }),
  annotations: { readOnlyHint: true },
  run({ after = 0 }) {
    const behind = orders.filter(({ id }) => id > after);
    const page = behind.slice(0, PAGE);
    const left = behind.length - page.length;
    const data = { orders: page, left };
    if (left === 0) return data;
    // A model that is not told takes the page for the whole.
    const note = text(`${left} more: call again with after = ${page.at(-1)?.id}.`);
    return new Reply([text(JSON.stringify(data)), note], data);
  },
});

const exportOrders = tool({
  name: "export_orders",
  description: "Makes all orders available as one file, and says how far it is meanwhile.",
  annotations: { readOnlyHint: true },
  run(_, ctx) {
    for (let done = PAGE; done < orders.length; done += PAGE) {
      ctx.progress(done, orders.length, `${done} orders are written.`);
    }
    const link = { uri: ALL, name: "All orders", mimeType: "text/csv" };
    return [text(`${orders.length} orders are in the file.`), resourceLink(link)];
  },
});

const file = resource({
  uri: ALL,
  name: "All orders",
  mimeType: "text/csv",
  read: () => ["id,euros", ...orders.map(({ id, euros }) => `${id},${euros}`)].join("\n"),
});

/** Has more orders than anybody wants to read. */
export const server = defineServer({
  name: "orders",
  version: "1.0.0",
  tools: [listOrders, exportOrders],
  resources: [file],
});
