// Keeps what is slow to make until it changes: on the server for all callers, and in each client for itself.
// What is announced as changed is dropped at once, so the times to live can be long.
import { Changes, defineServer, type HttpOptions, resource, s, tool } from "@portico/core";
import { cache } from "@portico/core/middleware/cache";

const HOUR = 3_600_000;
const changes = new Changes();
let price = 100;
let times = 0;

const quote = tool({
  name: "quote",
  description: "Works out the price, slowly.",
  annotations: { readOnlyHint: true },
  output: s.object({ price: s.integer(), workedOut: s.string() }),
  run: () => ({ price, workedOut: `${++times} times` }),
});

const raise = tool({
  name: "raise",
  description: "Raises the price.",
  run() {
    price += 1;
    changes.resourceUpdated("shop://price");
    return "Raised.";
  },
});

const tag = resource({
  uri: "shop://price",
  name: "The price",
  read: () => `${price}, worked out ${++times} times`,
});

/** Tells clients how long they may keep what they read. Hints exist since 2026-07-28. */
export const server = defineServer({
  name: "shop",
  version: "1.0.0",
  tools: [quote, raise],
  resources: [tag],
  changes,
  cache: { "resources/read": { ttlMs: HOUR, cacheScope: "public" } },
});

/** What is not named is never kept. `public` is for results that do not depend on who calls. */
const kept = cache({ changes, tools: { quote: { ttlMs: HOUR, scope: "public" } } });

/** It comes last of all middleware: what refuses, limits and logs must see every call. */
export const options: HttpOptions = { middleware: [kept] };
