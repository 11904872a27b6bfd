// Gives results as data, under a schema that clients know beforehand: a program can use them without reading prose.
// What does not fit the schema is never sent. Models that cannot read data are given it as text.
import { defineServer, Reply, s, tool } from "@portico/core";

const table: readonly { readonly from: string; readonly to: string; readonly minutes: number }[] = [
  { from: "Oslo", to: "Bergen", minutes: 403 },
  { from: "Oslo", to: "Hamar", minutes: 76 },
];

const trains = tool({
  name: "list_trains",
  description: "List the trains from a town, the fastest first.",
  input: s.object({ from: s.string() }),
  output: s.object({
    trains: s.array(s.object({ to: s.string(), minutes: s.integer({ minimum: 1 }) })),
  }),
  annotations: { readOnlyHint: true },
  run({ from }) {
    const found = table.filter((train) => train.from === from);
    return {
      trains: found
        .map(({ to, minutes }) => ({ to, minutes }))
        .sort((one, other) => one.minutes - other.minutes),
    };
  },
});

const fare = tool({
  name: "fare",
  description: "What a journey costs.",
  input: s.object({ minutes: s.integer({ minimum: 1 }) }),
  output: s.object({ amount: s.number(), currency: s.enum(["NOK", "EUR"]) }),
  annotations: { readOnlyHint: true },
  run({ minutes }) {
    const amount = minutes * 1.5;
    // The text for the model need not be the data as JSON.
    return new Reply(`About ${Math.round(amount)} kroner.`, { amount, currency: "NOK" as const });
  },
});

/** Trains and fares. */
export const server = defineServer({ name: "trains", version: "1.0.0", tools: [trains, fare] });
