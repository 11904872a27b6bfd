import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, isModern } from "../../src/index.ts";
import { eras, RawClient } from "../server/raw-client.ts";
import { type Reached, reach, TENANTS, type Tenant, ways } from "./tenants.ts";

const textOf = (result: object): string =>
  (result as { content: { text: string }[] }).content.map(({ text }) => text).join();

describe.each(ways)("two tenants of one server value on $revision over $carrier", (way) => {
  let server: Reached;
  const clients = {} as Record<Tenant, Client>;
  beforeAll(async () => {
    server = await reach(way);
    for (const tenant of TENANTS) clients[tenant] = await server.connect(tenant);
  });
  afterAll(async () => {
    for (const tenant of TENANTS) await clients[tenant]?.close();
    await server[Symbol.asyncDispose]();
  });

  test("are each themselves, however their calls interleave", async () => {
    const call = fc.record({ tenant: fc.constantFrom(...TENANTS), turns: fc.nat(30) });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 25 }), async (calls) => {
        const answers = calls.map(async ({ tenant, turns }) =>
          textOf(await clients[tenant].callTool("whoami", { turns })),
        );
        expect(await Promise.all(answers)).toEqual(calls.map(({ tenant }) => tenant));
      }),
      { seed: 3, numRuns: 20 },
    );
  });

  test("list and call their own tools only, also what was cached for the other", async () => {
    for (const tenant of [...TENANTS, ...TENANTS]) {
      const tools = (await clients[tenant].listTools({ cache: "reload" })).map(({ name }) => name);
      expect(tools).toEqual(["whoami", "ask", `${tenant}_only`]);
      const other = tenant === "ann" ? "anna" : "ann";
      await expect(clients[tenant].callTool(`${other}_only`, {})).rejects.toThrow("Unknown tool");
    }
  });

  test("list and read their own resources only, also what was cached for the other", async () => {
    for (const tenant of [...TENANTS, ...TENANTS]) {
      const listed = await clients[tenant].listResources({ cache: "reload" });
      expect(listed.map(({ name }) => name)).toEqual(
        [0, 1, 2].map((page) => `${tenant} ${page}, listed for ${tenant}`),
      );
      const uri = `note://${tenant}/1`;
      expect(await clients[tenant].readResource(uri, { cache: "reload" })).toMatchObject({
        contents: [{ text: `${tenant} 1 for ${tenant}` }],
      });
      const other = tenant === "ann" ? "anna" : "ann";
      await expect(clients[tenant].readResource(`note://${other}/1`)).rejects.toThrow("not found");
    }
  });

  test("hear of their own resources only", async () => {
    const uris = TENANTS.map((tenant) => `note://${tenant}/1`);
    for (const tenant of TENANTS) {
      const asked = clients[tenant].subscribe({ uris });
      if (isModern(way.revision)) {
        const subscription = await asked;
        expect(subscription.granted.uris).toEqual([`note://${tenant}/1`]);
        subscription.close();
      } else await expect(asked).rejects.toThrow("not found");
    }
    const own = await Promise.all(
      TENANTS.map((tenant) => clients[tenant].subscribe({ uris: [`note://${tenant}/1`] })),
    );
    for (const uri of uris) server.changes.resourceUpdated(uri);
    for (const [at, subscription] of own.entries()) {
      expect((await subscription.next()).value).toMatchObject({ uri: uris[at] });
      // Nothing else is waiting: what comes next is what is announced now.
      server.changes.resourceUpdated(uris[1 - at] ?? "");
      server.changes.resourceUpdated(uris[at] ?? "");
      expect((await subscription.next()).value).toMatchObject({ uri: uris[at] });
      subscription.close();
    }
  });

  test.runIf(way.revision >= "2025-06-18")(
    "are asked what concerns them, and only that",
    async () => {
      const asked: string[] = [];
      const askedAt = (tenant: Tenant, action: "accept" | "decline") =>
        server.connect(tenant, {
          onElicit: async ({ message }) => {
            asked.push(`${tenant}: ${message}`);
            return { action, ...(action === "accept" && { content: {} }) };
          },
        });
      await using one = await askedAt("ann", "accept");
      await using other = await askedAt("anna", "decline");
      const answers = [one, other, one, other].map((client) => client.callTool("ask", {}));
      expect((await Promise.all(answers)).map(textOf)).toEqual([
        "ann accept",
        "anna decline",
        "ann accept",
        "anna decline",
      ]);
      const expected = TENANTS.flatMap((tenant) => Array(2).fill(`${tenant}: For ${tenant}?`));
      expect(asked.sort()).toEqual(expected.sort());
    },
  );
});

describe.each(
  eras.flatMap((era) => [
    { era, carrier: "memory" as const },
    { era, carrier: "http" as const },
  ]),
)("what one tenant was given on $era.revision over $carrier", ({ era, carrier }) => {
  const open = async (server: Reached, tenant: Tenant, capabilities = {}) => {
    const client = new RawClient(server.wire(tenant));
    await era.open(client, capabilities);
    return client;
  };
  const way = { revision: era.revision as "2026-07-28", carrier };

  test("is answered under the same ids without a mix-up", async () => {
    await using server = await reach(way);
    await using ann = await open(server, "ann");
    await using anna = await open(server, "anna");
    const call = (turns: number) => era.params({ name: "whoami", arguments: { turns } });
    for (const turns of [5, 0, 9]) {
      const ids = [ann, anna].map((client) => client.begin("tools/call", call(turns)));
      expect(ids[0]).toBe(ids[1]);
      expect(textOf((await ann.response(ids[0] ?? 0)).result ?? {})).toBe("ann");
      expect(textOf((await anna.response(ids[1] ?? 0)).result ?? {})).toBe("anna");
    }
  });

  test("is not cancelled by the other under the same id", async () => {
    await using server = await reach(way);
    await using ann = await open(server, "ann");
    await using anna = await open(server, "anna");
    const id = ann.begin("tools/call", era.params({ name: "whoami", arguments: { turns: 50 } }));
    anna.notify("notifications/cancelled", era.params({ requestId: id }));
    expect(textOf((await ann.response(id)).result ?? {})).toBe("ann");
  });

  test("a cursor, leads the other nowhere", async () => {
    await using server = await reach(way);
    await using ann = await open(server, "ann");
    await using anna = await open(server, "anna");
    const first = await ann.request("resources/list", era.params());
    const cursor = first.result?.nextCursor as string;
    const stolen = await anna.request("resources/list", era.params({ cursor }));
    expect(stolen.error).toMatchObject({ code: -32602 });
    const own = await ann.request("resources/list", era.params({ cursor }));
    expect(own.result?.resources).toMatchObject([{ uri: "note://ann/1" }]);
  });

  test.runIf(era.revision === "2026-07-28")("a state, is worth nothing to the other", async () => {
    await using server = await reach(way);
    const can = { elicitation: { form: {} } };
    await using ann = await open(server, "ann", can);
    await using anna = await open(server, "anna", can);
    const call = { name: "ask", arguments: {} };
    const asked = await ann.request("tools/call", era.params(call, can));
    const { requestState } = asked.result ?? {};
    const inputResponses = { first: { action: "accept", content: {} } };
    const retry = era.params(
      { ...call, requestState: requestState as string, inputResponses },
      can,
    );
    expect((await anna.request("tools/call", retry)).error).toMatchObject({ code: -32602 });
    expect(textOf((await ann.request("tools/call", retry)).result ?? {})).toBe("ann accept");
  });
});

describe.each(["2025-03-26", "2025-06-18", "2025-11-25"] as const)(
  "a session of %s",
  (revision) => {
    const post = (server: Reached, tenant: Tenant, message: object, session?: string) =>
      fetch(server.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          "x-tenant": tenant,
          "mcp-protocol-version": revision,
          ...(session !== undefined && { "mcp-session-id": session }),
        },
        body: JSON.stringify({ jsonrpc: "2.0", ...message }),
      });
    const opening = {
      id: 1,
      method: "initialize",
      params: {
        protocolVersion: revision,
        capabilities: {},
        clientInfo: { name: "raw", version: "1" },
      },
    };

    test("of one tenant does not exist for the other, who cannot end it either", async () => {
      await using server = await reach({ revision, carrier: "http" });
      const opened = await post(server, "ann", opening);
      await opened.text();
      const session = opened.headers.get("mcp-session-id") ?? "";
      expect(session).not.toBe("");
      const list = { id: 2, method: "tools/list" };
      expect((await post(server, "anna", list, session)).status).toBe(404);
      const headers = {
        "mcp-session-id": session,
        "x-tenant": "anna",
        accept: "text/event-stream",
      };
      expect((await fetch(server.url, { method: "DELETE", headers })).status).toBe(404);
      expect((await fetch(server.url, { headers })).status).toBe(404);
      expect((await post(server, "ann", list, session)).status).toBe(200);
    });
  },
);
