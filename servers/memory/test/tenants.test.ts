import path from "node:path";
import { type Client, connect, httpClient, REVISIONS } from "@portico/core";
import { call, listen, readJson, refusal, scratch, tokenFor } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSample, entity } from "./support/graphs.ts";
import { binary, shown } from "./support/servers.ts";

const GRAPH = "memory://knowledge-graph";

// The published binary over real HTTP, with tokens as an operator gives them out.
describe.each(REVISIONS)("two callers of one server, with revision %s", (revision) => {
  const ann = tokenFor("ann");
  const bob = tokenFor("bob");
  const reader = tokenFor("ann");

  async function shared(): Promise<{ open(who: { token: string }): Promise<Client> }> {
    const dir = scratch({ tokens: `${ann.line}\n${bob.line}\n${reader.line} memory:read\n` });
    const server = await listen([
      binary,
      "--file",
      path.join(dir, "memory.db"),
      "--auth-tokens",
      path.join(dir, "tokens"),
      "--transfer-dir",
      path.join(dir, "files"),
    ]);
    onTestFinished(async () => void (await server.stop()));
    return {
      async open({ token }) {
        const headers = { Authorization: `Bearer ${token}` };
        const client = await connect(httpClient(server.url, { headers }), {
          clientInfo: { name: "test", version: "1.0.0" },
          revision,
        });
        onTestFinished(() => client.close());
        return client;
      },
    };
  }

  test("have graphs that never cross, in tools, resources, prompts and completion", async () => {
    const server = await shared();
    const [a, b] = await Promise.all([server.open(ann), server.open(bob)]);
    await createSample(a);
    await call(a, "create_entities", { entities: [entity("Plan")], project: "secret" });
    expect(await shown(b, "read_graph")).toEqual({ entities: [], relations: [] });
    expect(await shown(b, "read_graph", { project: "secret" })).toMatchObject({
      entities: [],
    });
    expect(await shown(b, "search_nodes", { query: "hiking" })).toMatchObject({
      entities: [],
    });
    expect(await shown(b, "get_history")).toEqual({ changes: [] });
    expect(await shown(b, "list_projects")).toMatchObject({ current: "default" });
    expect(JSON.stringify(await b.callTool("list_projects"))).not.toContain("secret");
    expect(
      JSON.stringify(await b.callTool("restore_entities", { entityNames: ["Alice"] })),
    ).toContain("Nothing deleted");
    expect(await b.listResources()).toHaveLength(1);
    expect(await readJson(b, GRAPH)).toEqual({ entities: [], relations: [] });
    await expect(b.readResource("memory://entity/Alice")).rejects.toThrow();
    expect(
      (await b.getPrompt("summarise", {})).messages.map(({ content }) => JSON.stringify(content)),
    ).not.toContainEqual(expect.stringContaining("Alice"));
    for (const [uri, name] of [
      ["memory://entity/{name}", "name"],
      ["memory://projects/{project}/knowledge-graph", "project"],
    ] as const) {
      const ref = { type: "ref/resource" as const, uri };
      const { completion } = await b.complete({ ref, argument: { name, value: "" } });
      expect(completion.values.filter((value) => value !== "default")).toEqual([]);
    }
  });

  test("have files that never cross, and no backup, which would hold the memory of both", async () => {
    const server = await shared();
    const [a, b] = await Promise.all([server.open(ann), server.open(bob)]);
    await createSample(a);
    await call(a, "export_graph", { file: "mine.jsonl" });
    expect(await refusal(b, "import_graph", { file: "mine.jsonl" })).toContain("There is no file");
    await call(b, "export_graph", { file: "mine.jsonl" });
    await call(a, "import_graph", { file: "mine.jsonl", project: "copy" });
    expect(await shown(a, "read_graph", { project: "copy" })).toMatchObject({
      entities: [{ name: "Alice" }, {}, {}, {}],
    });
    expect((await a.listTools()).map(({ name }) => name)).not.toContain("backup_database");
    await expect(a.callTool("backup_database", { file: "all" })).rejects.toThrow("Unknown tool");
  });

  test("may use the same names, and delete only their own", async () => {
    const server = await shared();
    const [a, b] = await Promise.all([server.open(ann), server.open(bob)]);
    await call(a, "create_entities", { entities: [entity("Alice", "person", "of Ann")] });
    await call(b, "create_entities", { entities: [entity("Alice", "person", "of Bob")] });
    await call(b, "delete_entities", { entityNames: ["Alice"] });
    expect(await shown(a, "open_nodes", { names: ["Alice"] })).toMatchObject({
      entities: [entity("Alice", "person", "of Ann")],
    });
    expect(await shown(a, "get_entity", { name: "Alice" })).toMatchObject({
      facts: [{ text: "of Ann", by: "ann (test 1.0.0)" }],
    });
    // Another client of the same caller has the same memory.
    expect(await shown(await server.open(ann), "read_graph")).toMatchObject({
      entities: [{ name: "Alice" }],
    });
  });

  test("may have a token that can only read", async () => {
    const server = await shared();
    const [a, r] = await Promise.all([server.open(ann), server.open(reader)]);
    await createSample(a);
    const before = await shown(a, "get_history");
    for (const [tool, args] of [
      ["create_entities", { entities: [entity("Eve")] }],
      ["create_relations", { relations: [] }],
      ["add_observations", { observations: [{ entityName: "Alice", contents: ["x"] }] }],
      ["delete_entities", { entityNames: ["Alice"] }],
      ["delete_observations", { deletions: [] }],
      ["delete_relations", { relations: [] }],
      ["update_entities", { updates: [{ name: "Alice", importance: 1 }] }],
      ["merge_entities", { into: "Alice", from: ["Bob"] }],
      ["restore_entities", { entityNames: ["Alice"] }],
    ] as const) {
      expect(await refusal(r, tool, args)).toContain("memory:write");
    }
    expect(await shown(r, "get_history")).toEqual(before);
    expect(await shown(r, "open_nodes", { names: ["Alice"] })).toMatchObject({
      entities: [{ name: "Alice" }],
    });
  });

  test("hear of their own changes only", async () => {
    const server = await shared();
    const [a, b] = await Promise.all([server.open(ann), server.open(bob)]);
    const uris = [GRAPH, "memory://entity/Alice"];
    const subscription = await a.subscribe({ uris, resources: true });
    const heard: unknown[] = [];
    const listening = (async () => {
      for await (const change of subscription) {
        heard.push(change);
        if (heard.length === 2) return;
      }
    })();
    await call(b, "create_entities", { entities: [entity("Alice")] });
    // Both arrive, and had anything of Bob's come it would have come before.
    await call(a, "create_entities", { entities: [entity("Alice")] });
    await listening;
    expect(heard).toEqual(expect.arrayContaining(uris.map((uri) => ({ kind: "resource", uri }))));
    await subscription.close();
  });
});
