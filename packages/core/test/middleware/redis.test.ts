import { Redis } from "ioredis";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { defineServer, tool } from "../../src/index.ts";
import { type RateLimitOptions, rateLimit } from "../../src/middleware/rate-limit.ts";
import { connect } from "../../src/testing/index.ts";
import { redisUrl } from "../redis-url.ts";

const server = defineServer({
  name: "test",
  version: "1.0.0",
  tools: [tool({ name: "dear", description: "Costs much.", run: () => "done" })],
});

/** A client of a process of its own: it shares nothing with another but Redis. */
async function replica(redis: object, prefix: string, id = "ada") {
  const options: RateLimitOptions = { redis, prefix, tools: { dear: { calls: 2, seconds: 60 } } };
  const client = await connect(server, { middleware: [rateLimit(options)], principal: { id } });
  onTestFinished(() => client.close());
  return client;
}

/** What the keys of one test begin with, so that no run meets another's. */
const prefix = () => `portico-test-${crypto.randomUUID()}`;

describe.skipIf(redisUrl === undefined)(
  "with Redis (skipped unless PORTICO_TEST_REDIS_URL names one)",
  () => {
    const io = new Redis(redisUrl ?? "", { lazyConnect: true });
    const node = createClient({ url: redisUrl ?? "" });
    beforeAll(async () => {
      await Promise.all([io.connect(), node.connect()]);
    });
    afterAll(async () => {
      await Promise.all([io.quit(), node.close()]);
    });

    test.each([
      ["ioredis", io],
      ["redis", node],
    ])("replicas limit a caller together through a client of %s", async (_, redis) => {
      const own = prefix();
      const [one, other, bob] = [
        await replica(redis, own),
        await replica(redis, own),
        await replica(redis, own, "bob"),
      ];
      await one.callTool("dear");
      await other.callTool("dear");
      for (const client of [one, other]) {
        const refusal = await client.callTool("dear").catch((error) => error);
        expect(refusal).toMatchObject({ code: 429 });
        expect(refusal.data.retryAfterSeconds).toBeGreaterThan(50);
        expect(refusal.data.retryAfterSeconds).toBeLessThanOrEqual(60);
      }
      await expect(bob.callTool("dear")).resolves.toBeDefined();
    });

    test("the two libraries count alike, and what they keep expires", async () => {
      const own = prefix();
      await (await replica(io, own)).callTool("dear");
      const other = await replica(node, own);
      await other.callTool("dear");
      await expect(other.callTool("dear")).rejects.toMatchObject({ code: 429 });
      const keys = await io.keys(`${own}:*`);
      expect(keys).toHaveLength(1);
      expect(await io.ttl(keys[0] as string)).toBeGreaterThan(0);
    });

    test("servers with another prefix count for themselves", async () => {
      const one = await replica(io, prefix());
      await one.callTool("dear");
      await one.callTool("dear");
      await expect((await replica(io, prefix())).callTool("dear")).resolves.toBeDefined();
    });
  },
);

test.each([
  ["ioredis", () => new Redis({ lazyConnect: true })],
  ["redis", () => createClient()],
])("while a client of %s is not connected, each replica counts by itself", async (_, create) => {
  const client = await replica(create(), prefix());
  await client.callTool("dear");
  await client.callTool("dear");
  await expect(client.callTool("dear")).rejects.toMatchObject({ code: 429 });
});
