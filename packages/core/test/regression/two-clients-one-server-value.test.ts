import { describe, expect, test } from "vitest";
import { defineServer, memoryPair, s, serve, tool } from "../../src/index.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { eras, RawClient } from "../server/raw-client.ts";

// "Already connected to a transport", and answers that reach the wrong client, come of servers that are connections.
describe.each(eras)("two clients of one server value on $revision", (era) => {
  const gates = new Map<string, () => void>();
  const slow = tool({
    name: "slow",
    description: "Answers when it is let go.",
    input: s.object({ who: s.string() }),
    async run({ who }, ctx) {
      ctx.progress(1);
      await new Promise<void>((resolve) => gates.set(who, resolve));
      ctx.log("error", who);
      return who;
    },
  });
  const server = defineServer({ name: "shared", version: "1.0.0", tools: [slow], logging: true });

  function connected(): RawClient {
    const [ours, theirs] = memoryPair();
    serve(server, theirs);
    return new RawClient(ours);
  }

  test("with the same ids in flight each get their own answers, logs and progress", async () => {
    const clients = [connected(), connected()];
    for (const client of clients) await era.open(client);
    const ids = clients.map((client, n) => {
      const _meta: JsonObject = {
        progressToken: `token ${n}`,
        "io.modelcontextprotocol/logLevel": "debug",
      };
      return client.begin(
        "tools/call",
        era.params({ name: "slow", arguments: { who: `${n}` }, _meta }),
      );
    });
    expect(ids[0]).toBe(ids[1]);
    for (const client of clients) await client.notified("notifications/progress");
    gates.get("1")?.();
    gates.get("0")?.();
    for (const [n, client] of clients.entries()) {
      expect((await client.response(ids[n] as number)).result).toMatchObject({
        content: [{ text: `${n}` }],
      });
      expect(client.received).toMatchObject([{ params: { data: `${n}` } }]);
    }
  });

  test("go their own ways: the end of one is nothing to the other", async () => {
    const [first, second] = [connected(), connected()];
    await era.open(first);
    await era.open(second);
    await first.transport.close();
    expect((await second.request("tools/list", era.params())).result).toHaveProperty("tools");
  });
});
