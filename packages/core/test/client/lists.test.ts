import { describe, expect, test } from "vitest";
import { connect } from "../../src/client/index.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { host, legacy, modern, RpcError, type Script, ScriptedServer } from "./scripted-server.ts";

const tool = (name: string) => ({ name, inputSchema: { type: "object" } });

async function meet(script: Script) {
  const server = new ScriptedServer(script);
  const client = await connect(server.transport, host);
  return { server, client };
}

describe.each([
  ["legacy", legacy],
  ["modern", modern],
] as const)("a list of a %s server", (_era, scripted) => {
  test("is followed over all its pages; an empty cursor is one like any other", async () => {
    const pages: Record<string, JsonObject> = {
      first: { tools: [tool("a")], nextCursor: "" },
      "": { tools: [tool("b"), tool("c")], nextCursor: "2" },
      "2": { tools: [] },
    };
    const { server, client } = await meet(
      scripted({ "tools/list": ({ cursor = "first" }) => pages[cursor as string] }),
    );
    expect((await client.listTools()).map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(server.got("tools/list").map(({ cursor }) => cursor)).toEqual([undefined, "", "2"]);
    await client.close();
  });

  test("has sugar for each kind", async () => {
    const { client } = await meet(
      scripted({
        "resources/list": () => ({ resources: [{ uri: "a://b", name: "b" }] }),
        "resources/templates/list": () => ({
          resourceTemplates: [{ uriTemplate: "a://{b}", name: "t" }],
        }),
        "prompts/list": () => ({ prompts: [{ name: "p" }] }),
      }),
    );
    expect(await client.listResources()).toHaveLength(1);
    expect(await client.listResourceTemplates()).toHaveLength(1);
    expect(await client.listPrompts()).toHaveLength(1);
    await client.close();
  });

  test("can be read page by page, and no further than wanted", async () => {
    const { server, client } = await meet(
      scripted({
        "tools/list": ({ cursor }) => ({
          tools: [tool(`t${cursor ?? 0}`)],
          nextCursor: `${Number(cursor ?? 0) + 1}`,
        }),
      }),
    );
    const names: string[] = [];
    for await (const page of client.pages("tools/list")) {
      names.push(...page.tools.map(({ name }) => name));
      if (names.length === 3) break;
    }
    expect(names).toEqual(["t0", "t1", "t2"]);
    expect(server.got("tools/list")).toHaveLength(3);
    await client.close();
  });

  test("without an end is given up", async () => {
    const { client } = await meet(
      scripted({ "tools/list": () => ({ tools: [], nextCursor: "same" }) }),
    );
    await expect(client.listTools()).rejects.toThrow("1000 pages and still a cursor");
    await client.close();
  });

  test("that is too large to hold is given up, and can be read page by page", async () => {
    const description = "x".repeat(8 * 1024 * 1024);
    let pages = 0;
    const { client } = await meet(
      scripted({
        "tools/list": () => ({
          tools: [{ ...tool(`t${++pages}`), description }],
          nextCursor: "on",
        }),
      }),
    );
    await expect(client.listTools()).rejects.toThrow("too large to hold: more than 64 MB");
    expect(pages).toBe(8);
    const read = client.pages("tools/list");
    for (let count = 0; count < 10; count++) expect((await read.next()).done).toBe(false);
    await client.close();
  });

  test("is started again once when the server forgets its cursor", async () => {
    let forgetful = true;
    const { server, client } = await meet(
      scripted({
        "tools/list"({ cursor }) {
          if (cursor === undefined) return { tools: [tool("a")], nextCursor: "2", ttlMs: 9999 };
          if (!forgetful) return { tools: [tool("b")] };
          forgetful = false;
          throw new RpcError(-32602, "unknown cursor");
        },
      }),
    );
    expect((await client.listTools()).map(({ name }) => name)).toEqual(["a", "b"]);
    expect(server.got("tools/list").map(({ cursor }) => cursor)).toEqual([
      undefined,
      "2",
      undefined,
      "2",
    ]);
    await client.close();
  });

  test("fails with the server's error when its cursor is forgotten twice", async () => {
    const { server, client } = await meet(
      scripted({
        "tools/list"({ cursor }) {
          if (cursor !== undefined) throw new RpcError(-32602, "unknown cursor");
          return { tools: [], nextCursor: "2" };
        },
      }),
    );
    await expect(client.listTools()).rejects.toEqual(new RpcError(-32602, "unknown cursor"));
    expect(server.got("tools/list")).toHaveLength(4);
    await client.close();
  });
});
