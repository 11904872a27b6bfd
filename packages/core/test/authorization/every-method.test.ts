import { expect, test } from "vitest";
import {
  Changes,
  defineServer,
  METHODS,
  type MethodRow,
  type Middleware,
  memoryPair,
  resource,
  s,
  serve,
  tool,
} from "../../src/index.ts";
import { within } from "../../src/protocol/index.ts";
import type { Revision } from "../../src/protocol/revisions.ts";
import { eras, RawClient } from "../server/raw-client.ts";

const changes = new Changes();
const server = defineServer({
  name: "whole",
  version: "1.0.0",
  changes,
  logging: true,
  tools: [tool({ name: "a", description: "a", input: s.object({}), run: () => "a" })],
  resources: [resource({ uri: "a://b", name: "b", read: () => "b", watch: () => () => {} })],
});

/** Answered before there is a caller to judge, or to say nothing but that the server is there. */
const OUTSIDE = ["initialize", "ping"];

/** The requests a client may send in a revision. */
function requestsOf(revision: Revision): string[] {
  const rows = Object.values(METHODS) as readonly MethodRow[];
  return rows
    .filter((row) => row.kind === "request" && row.from !== "server" && within(row, revision))
    .map(({ method }) => method);
}

test.each(eras)("every request of $revision passes the middleware", async (era) => {
  const seen: string[] = [];
  const middleware: Middleware = async (call, next) => {
    seen.push(call.method);
    return next(call);
  };
  const [ours, theirs] = memoryPair();
  serve(server, theirs, { middleware: [middleware], onError: () => {} });
  await using client = new RawClient(ours);
  await era.open(client);
  const methods = requestsOf(era.revision as Revision).filter((one) => !OUTSIDE.includes(one));
  expect(methods.length).toBeGreaterThan(8);
  // Params that fit none are enough: who may call is decided before they are looked at.
  for (const method of methods) {
    const { error } = await client.request(
      method,
      era.params({ notifications: 7, name: 7, uri: 7 }),
    );
    if (seen.at(-1) !== method) expect.soft(`${method}: ${error?.message}`).toBe("seen");
  }
  expect(seen).toEqual(methods);
});

test.each(eras)("what a middleware of $revision refuses is not done", async (era) => {
  const [ours, theirs] = memoryPair();
  const refuse: Middleware = async (call) => {
    throw new Error(`${call.method} is refused.`);
  };
  serve(server, theirs, { middleware: [refuse], onError: () => {} });
  await using client = new RawClient(ours);
  await era.open(client);
  const listening = { notifications: { resourceSubscriptions: ["a://b"] } };
  const method = era.revision === "2026-07-28" ? "subscriptions/listen" : "resources/subscribe";
  const { error } = await client.request(method, era.params({ ...listening, uri: "a://b" }));
  expect(error?.message).toMatch(/^Internal error/);
  changes.resourceUpdated("a://b");
  await client.request("ping", era.params());
  expect(client.received).toEqual([]);
});
