import path from "node:path";
import { type Client, REVISIONS } from "@portico/core";
import { call, readJson, scratch } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { createSample, entity, relation } from "./support/graphs.ts";
import { clientOn } from "./support/servers.ts";

const GRAPH = "memory://knowledge-graph";

describe.each(REVISIONS)("resources with revision %s", (revision) => {
  test("are the graph and each entity of it", async () => {
    const client = await clientOn({ revision });
    await createSample(client);
    const listed = await client.listResources();
    expect(listed.map(({ uri }) => uri)).toEqual([
      GRAPH,
      "memory://entity/Alice",
      "memory://entity/Bob",
      "memory://entity/Acme",
      "memory://entity/Utrecht",
    ]);
    expect(listed[1]).toMatchObject({ name: "Alice", mimeType: "application/json" });
    const graph = await readJson<{ entities: object[]; relations: object[] }>(client, GRAPH);
    expect(graph).toEqual(JSON.parse(await call(client, "read_graph")));
    expect(await readJson(client, "memory://entity/Alice")).toMatchObject({
      name: "Alice",
      entityType: "person",
      facts: [
        { text: "likes hiking in the mountains", by: "test 1.0.0" },
        { text: "speaks Dutch" },
      ],
      relations: [relation("Alice", "works_at", "Acme")],
    });
  });

  test("that do not exist are refused, also when they are badly written", async () => {
    const client = await clientOn({ revision });
    await createSample(client);
    for (const uri of [
      "memory://entity/Nobody",
      "memory://entity/%",
      "memory://entity/",
      "memory://elsewhere",
      "file:///etc/passwd",
    ]) {
      await expect(client.readResource(uri)).rejects.toThrow();
    }
    await expect(client.readResource("memory://projects/..%2Fx/knowledge-graph")).rejects.toThrow(
      "A project's name",
    );
  });

  test("complete names and projects as they are typed", async () => {
    const client = await clientOn({ revision });
    await createSample(client);
    await call(client, "create_entities", { entities: [entity("Anvil")], project: "shop" });
    const complete = async (uri: string, name: string, value: string, others = {}) => {
      const { completion } = await client.complete({
        ref: { type: "ref/resource", uri },
        argument: { name, value },
        ...(Object.keys(others).length > 0 && { context: { arguments: others } }),
      });
      return completion.values;
    };
    expect(await complete("memory://entity/{name}", "name", "a")).toEqual(
      expect.arrayContaining(["Alice", "Acme"]),
    );
    expect(await complete("memory://projects/{project}/knowledge-graph", "project", "s")).toEqual([
      "shop",
    ]);
    // Revisions before 2025-06-18 do not say what else was filled in.
    if (revision < "2025-06-18") return;
    const project = { project: "shop" };
    expect(
      await complete("memory://projects/{project}/entity/{name}", "name", "", project),
    ).toEqual(["Anvil"]);
  });

  test("tell those who subscribed what changed, and nobody else", async () => {
    const client = await clientOn({ revision });
    await createSample(client);
    const subscription = await client.subscribe({ uris: ["memory://entity/Alice"] });
    const heard = subscription.next();
    await call(client, "add_observations", {
      observations: [{ entityName: "Bob", contents: ["sings"] }],
    });
    await call(client, "add_observations", {
      observations: [{ entityName: "Alice", contents: ["sings"] }],
    });
    expect((await heard).value).toEqual({ kind: "resource", uri: "memory://entity/Alice" });
    await subscription.close();
  });
});

test("names with everything in them have URIs that lead to them", async () => {
  const client = await clientOn();
  const names = ["a/b", "a?b#c", "100 %", "日本 😀", "__proto__", "knowledge-graph", "../../x"];
  await call(client, "create_entities", { entities: names.map((name) => entity(name)) });
  const [, ...listed] = await client.listResources();
  const read = await Promise.all(listed.map(({ uri }) => readJson<{ name: string }>(client, uri)));
  expect(read.map(({ name }) => name)).toEqual(names);
});

test("many entities are listed page by page", async () => {
  const client = await clientOn();
  const all = Array.from({ length: 450 }, (_, at) => entity(`e${at}`));
  await call(client, "create_entities", { entities: all });
  const pages: number[] = [];
  for await (const { resources } of client.pages("resources/list")) pages.push(resources.length);
  expect(pages).toEqual([201, 200, 50]);
});

test("entities with long names are listed in pages a host takes", async () => {
  const client = await clientOn();
  const all = Array.from({ length: 100 }, (_, at) => entity(`${at} ${"日".repeat(900)}`));
  await call(client, "create_entities", { entities: all });
  const listed: string[] = [];
  for await (const page of client.pages("resources/list")) {
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(82_000);
    listed.push(...page.resources.map(({ name }) => name));
  }
  expect(listed.slice(1)).toEqual(all.map(({ name }) => name));
});

test("an entity is read with all its relations, or refused with the way to read them", {
  timeout: 60_000,
}, async () => {
  const client = await clientOn();
  const names = Array.from({ length: 5_001 }, (_, at) => `e${at}`);
  await call(client, "create_entities", { entities: names.map((name) => entity(name)) });
  const relate = (type: string) =>
    call(client, "create_relations", {
      relations: names.map((name) => relation("e0", type, name)),
    });
  await relate("has");
  const uri = "memory://entity/e0";
  const { relations } = await readJson<{ relations: object[] }>(client, uri);
  expect(relations).toHaveLength(names.length);
  for (const type of ["knows", "likes", "sees"]) await relate(type);
  await expect(client.readResource(uri)).rejects.toThrow(/20000 relations.*find_related/);
});

test("a graph too large for one piece is refused with the way to read it", async () => {
  const client = await clientOn();
  const all = Array.from({ length: 10 }, (_, at) => entity(`e${at}`, "x", "x".repeat(1_000_000)));
  await call(client, "create_entities", { entities: all });
  await expect(client.readResource(GRAPH)).rejects.toThrow("read_graph");
});

describe("two processes on one file", () => {
  async function two(): Promise<[Client, Client]> {
    const file = path.join(scratch(), "memory.db");
    return [await clientOn({ file }), await clientOn({ file })];
  }

  test("hear of each other's writes", async () => {
    const [reader, writer] = await two();
    await createSample(writer);
    const subscription = await reader.subscribe({ uris: [GRAPH] });
    const heard = subscription.next();
    await call(writer, "create_entities", { entities: [entity("New")] });
    expect((await heard).value).toEqual({ kind: "resource", uri: GRAPH });
    await subscription.close();
  });

  test("hear that the list changed", async () => {
    const [reader, writer] = await two();
    await reader.listResources();
    const subscription = await reader.subscribe({ resources: true });
    const heard = subscription.next();
    await call(writer, "create_entities", { entities: [entity("New")] });
    expect((await heard).value).toEqual({ kind: "list", list: "resources" });
    await subscription.close();
  });
});
