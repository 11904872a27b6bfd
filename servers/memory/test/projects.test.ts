import path from "node:path";
import { call, readJson, refusal, scratch, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { entity, relation } from "./support/graphs.ts";
import { clientOn } from "./support/servers.ts";

test("each project is a graph of its own", async () => {
  const client = await clientOn();
  const project = "shop";
  await call(client, "create_entities", { entities: [entity("Alice", "person", "here")] });
  await call(client, "create_entities", {
    entities: [entity("Alice", "customer", "there"), entity("Bob")],
    project,
  });
  expect(await structured(client, "read_graph")).toEqual({
    entities: [entity("Alice", "person", "here")],
    relations: [],
  });
  await refusal(client, "create_relations", { relations: [relation("Alice", "knows", "Bob")] });
  await call(client, "create_relations", {
    relations: [relation("Alice", "knows", "Bob")],
    project,
  });
  await call(client, "delete_entities", { entityNames: ["Alice"] });
  expect(await structured(client, "open_nodes", { names: ["Alice"], project })).toEqual({
    entities: [entity("Alice", "customer", "there")],
    relations: [relation("Alice", "knows", "Bob")],
  });
  expect(await structured(client, "list_projects")).toEqual({
    current: "default",
    projects: ["default", "shop"],
  });
  const uri = (project: string) => `memory://projects/${project}/knowledge-graph`;
  expect(await readJson(client, uri("shop"))).toMatchObject({ relations: [{ to: "Bob" }] });
  expect(await readJson(client, "memory://projects/shop/entity/Bob")).toMatchObject({
    name: "Bob",
  });
  await expect(client.readResource("memory://entity/Bob")).rejects.toThrow();
});

test("no tool that reads sees another project", async () => {
  const client = await clientOn();
  await call(client, "create_entities", {
    entities: [{ ...entity("Secret", "plan", "the password is swordfish"), tags: ["hidden"] }],
    project: "other",
  });
  const reads: [string, object][] = [
    ["read_graph", {}],
    ["search_nodes", { query: "swordfish" }],
    ["search_nodes", { query: "secret" }],
    ["open_nodes", { names: ["Secret"] }],
    ["graph_summary", {}],
    ["get_history", {}],
    ["get_history", { entity: "Secret" }],
    ["get_entity", { name: "Secret" }],
    ["find_related", { name: "Secret" }],
    ["find_path", { from: "Secret", to: "Secret" }],
    ["restore_entities", { entityNames: ["Secret"] }],
  ];
  for (const [tool, args] of reads) {
    const answer = JSON.stringify(await client.callTool(tool, args));
    expect([tool, answer.includes("swordfish"), answer.includes("hidden")]).toEqual([
      tool,
      false,
      false,
    ]);
  }
});

test("a cursor of one project shows nothing of another", async () => {
  const client = await clientOn();
  const many = (prefix: string) => Array.from({ length: 6 }, (_, at) => entity(`${prefix}${at}`));
  await call(client, "create_entities", { entities: many("mine") });
  await call(client, "create_entities", { entities: many("other"), project: "other" });
  const { next } = await structured(client, "read_graph", { limit: 2, project: "other" });
  const result = await client.callTool("read_graph", { cursor: next });
  expect(JSON.stringify(result)).not.toContain("other");
});

test.each(["../x", "a/b", "/etc", "", "a\0b", "a\u202eb", "x".repeat(65)])(
  "%j is refused as a project, without being repeated",
  async (project) => {
    const client = await clientOn();
    expect(await refusal(client, "read_graph", { project })).toMatch(/^A project's name is/);
  },
);

test("a project that does not exist is empty, and said not to exist", async () => {
  const client = await clientOn();
  await call(client, "create_entities", { entities: [entity("Anvil")], project: "shop" });
  const note = 'Nothing is stored in the project "shpo". There are: "shop".';
  for (const [tool, args] of [
    ["read_graph", {}],
    ["search_nodes", { query: "anvil" }],
    ["graph_summary", {}],
  ] as const) {
    const answer = await structured(client, tool, { ...args, project: "shpo" });
    expect([tool, answer.note]).toEqual([tool, note]);
    const other = { ...args, ...(tool === "search_nodes" && { query: "xylophone" }) };
    expect(await structured(client, tool, { ...other, project: "shop" })).not.toMatchObject({
      note: expect.stringContaining("Nothing is stored"),
    });
  }
});

test("the operator's project is that of calls that name none", async () => {
  const file = path.join(scratch(), "memory.db");
  const shop = await clientOn({ file, project: "shop" });
  await call(shop, "create_entities", { entities: [entity("Anvil")] });
  const usual = await clientOn({ file });
  expect(await structured(usual, "read_graph")).toEqual({ entities: [], relations: [] });
  expect(await structured(usual, "read_graph", { project: "shop" })).toMatchObject({
    entities: [{ name: "Anvil" }],
  });
});
