import { call, refusal, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { createSample, entity, relation } from "./support/graphs.ts";
import { clientOn } from "./support/servers.ts";

interface Details {
  readonly entityType: string;
  readonly tags: readonly string[];
  readonly importance: number;
  readonly facts: readonly { readonly text: string; readonly by?: string }[];
}

test("an entity keeps the tags and the importance it is created with", async () => {
  const client = await clientOn();
  const marked = { ...entity("Alice", "person"), tags: ["friend", "friend"], importance: 0.9 };
  await call(client, "create_entities", { entities: [marked, entity("Bob")] });
  const alice = await structured<Details>(client, "get_entity", { name: "Alice" });
  expect(alice).toMatchObject({ tags: ["friend"], importance: 0.9 });
  const bob = await structured<Details>(client, "get_entity", { name: "Bob" });
  expect(bob).toMatchObject({ tags: [], importance: 0.5 });
});

test("what a caller adds to an entity that no tool knows is not stored", async () => {
  const client = await clientOn();
  const forged = { ...entity("Alice"), extra: { type: "relation" }, id: 7 };
  expect(await structured(client, "create_entities", { entities: [forged] })).toEqual({
    entities: [entity("Alice")],
  });
});

test("relations name all that is missing, and none of them is created", async () => {
  const client = await clientOn();
  await createSample(client);
  const relations = [
    relation("Alice", "knows", "Bob"),
    relation("Alice", "knows", "Carol"),
    relation("Dave", "knows", "Erin"),
  ];
  const told = await refusal(client, "create_relations", { relations });
  for (const name of ["Carol", "Dave", "Erin"]) expect(told).toContain(`"${name}"`);
  const read = await structured<{ relations: unknown[] }>(client, "read_graph");
  expect(read.relations).toHaveLength(3);
});

test("an entity is renamed with its relations, and changes its type, tags and importance", async () => {
  const client = await clientOn();
  await createSample(client);
  const update = {
    name: "Alice",
    newName: "Alice Smith",
    entityType: "engineer",
    addTags: ["friend", "team"],
    importance: 1,
  };
  await call(client, "update_entities", { updates: [update] });
  expect(await structured<Details>(client, "get_entity", { name: "Alice Smith" })).toMatchObject({
    entityType: "engineer",
    tags: ["friend", "team"],
    importance: 1,
    facts: [{ text: "likes hiking in the mountains" }, { text: "speaks Dutch" }],
  });
  const { relations } = await structured<{ relations: unknown[] }>(client, "open_nodes", {
    names: ["Alice Smith"],
  });
  expect(relations).toEqual([relation("Alice Smith", "works_at", "Acme")]);
  const without = { name: "Alice Smith", removeTags: ["team"] };
  await call(client, "update_entities", { updates: [without] });
  expect(await structured(client, "get_entity", { name: "Alice Smith" })).toMatchObject({
    tags: ["friend"],
  });
});

test("an update is refused that changes nothing, meets a name that is taken, or nobody", async () => {
  const client = await clientOn();
  await createSample(client);
  const update = (one: object) => refusal(client, "update_entities", { updates: [one] });
  expect(await update({ name: "Alice" })).toBe('Say what to change of "Alice".');
  expect(await update({ name: "Alice", newName: "Bob" })).toContain('"Bob"');
  expect(await update({ name: "Nobody", importance: 1 })).toContain('"Nobody"');
  expect(await update({ name: "Alice", importance: 2 })).toContain("importance");
});

test("duplicates become one entity with the facts and relations of all", async () => {
  const client = await clientOn();
  await createSample(client);
  await call(client, "create_entities", {
    entities: [{ ...entity("Al", "person", "speaks Dutch", "has a dog"), tags: ["nick"] }],
  });
  await call(client, "create_relations", { relations: [relation("Al", "knows", "Bob")] });
  expect(await call(client, "merge_entities", { into: "Alice", from: ["Al"] })).toBe(
    'Merged "Al" into "Alice"',
  );
  const read = await structured<{ entities: unknown[]; relations: unknown[] }>(
    client,
    "open_nodes",
    { names: ["Alice"] },
  );
  expect(read.entities).toEqual([
    entity("Alice", "person", "likes hiking in the mountains", "speaks Dutch", "has a dog"),
  ]);
  expect(read.relations).toContainEqual(relation("Alice", "knows", "Bob"));
  expect(await structured(client, "get_entity", { name: "Alice" })).toMatchObject({
    tags: ["nick"],
  });
  expect(await refusal(client, "get_entity", { name: "Al" })).toContain("search_nodes");
  expect(await refusal(client, "merge_entities", { into: "Alice", from: [] })).toContain("from");
});

test("a deleted entity comes back as it was, with its relations", async () => {
  const client = await clientOn();
  await createSample(client);
  const before = await call(client, "read_graph");
  await call(client, "delete_entities", { entityNames: ["Acme"] });
  expect(await call(client, "read_graph")).not.toContain("Acme");
  const restored = await structured(client, "restore_entities", {
    entityNames: ["Acme", "Nobody"],
  });
  expect(restored).toEqual({ restored: ["Acme"], note: 'Nothing deleted is called: "Nobody".' });
  const after = JSON.parse(await call(client, "read_graph"));
  expect(after.relations).toHaveLength(3);
  expect(new Set(after.entities.map(JSON.stringify))).toEqual(
    new Set(JSON.parse(before).entities.map(JSON.stringify)),
  );
});

test("a fact of a megabyte is kept word for word", async () => {
  const client = await clientOn();
  const fact = "é".repeat(500_000);
  await call(client, "create_entities", { entities: [entity("Long", "note", fact)] });
  const parts: string[] = [];
  let cursor: string | undefined;
  do {
    const page: Details & { next?: string } = await structured(client, "get_entity", {
      name: "Long",
      cursor,
    });
    parts.push(...page.facts.map(({ text }) => text));
    cursor = page.next;
  } while (cursor !== undefined);
  expect(parts.join("") === fact).toBe(true);
});

test("50 entities created at once are 50 entities", async () => {
  const client = await clientOn();
  const all = Array.from({ length: 50 }, (_, at) => entity(`e${at}`, "thing", `fact ${at}`));
  await Promise.all(all.map((one) => call(client, "create_entities", { entities: [one] })));
  const { entities } = await structured<{ entities: { name: string }[] }>(client, "read_graph");
  expect(entities.map(({ name }) => name).sort()).toEqual(all.map(({ name }) => name).sort());
});
