import { call, refusal, structured } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { entity, relation } from "./support/graphs.ts";
import { clientOn } from "./support/servers.ts";

interface Change {
  readonly id: number;
  readonly at: string;
  readonly by?: string;
  readonly action: string;
  readonly entity: string;
  readonly detail: string;
}

interface Facts {
  readonly facts: readonly { readonly text: string; readonly at: string; readonly by?: string }[];
}

test("every fact says when it was written and through which program", async () => {
  const client = await clientOn({ clientInfo: { name: "diary", version: "2.1" } });
  const before = Date.now();
  await call(client, "create_entities", { entities: [entity("Alice", "person", "sings")] });
  const { facts } = await structured<Facts>(client, "get_entity", { name: "Alice" });
  expect(facts).toEqual([{ text: "sings", at: expect.any(String), by: "diary 2.1" }]);
  const at = Date.parse(facts[0]?.at as string);
  expect(at >= before && at <= Date.now()).toBe(true);
});

test("a client's description of itself is kept to one short, visible line", async () => {
  const name = `evil\n\u202e${"x".repeat(5_000)}`;
  const client = await clientOn({ clientInfo: { name, version: "1" } });
  await call(client, "create_entities", { entities: [entity("Alice", "person", "sings")] });
  const { facts } = await structured<Facts>(client, "get_entity", { name: "Alice" });
  expect(facts[0]?.by).toMatch(/^evil x{1,100}$/);
});

describe("the history", () => {
  test("tells what happened, last first, of one entity or of all", async () => {
    const client = await clientOn();
    await call(client, "create_entities", { entities: [entity("Alice"), entity("Bob")] });
    await call(client, "add_observations", {
      observations: [{ entityName: "Alice", contents: ["sings"] }],
    });
    await call(client, "create_relations", { relations: [relation("Alice", "knows", "Bob")] });
    await call(client, "delete_observations", {
      deletions: [{ entityName: "Alice", observations: ["sings"] }],
    });
    await call(client, "delete_entities", { entityNames: ["Bob"] });
    const { changes } = await structured<{ changes: Change[] }>(client, "get_history");
    const actions = changes.map(({ action, entity }) => `${action} ${entity}`);
    const [first, second] = ["delete-entity Bob", "delete-observation Alice"];
    expect(actions.indexOf(first as string)).toBeLessThan(actions.indexOf(second as string));
    expect(actions).toEqual(
      expect.arrayContaining([
        "delete-entity Bob",
        "create-entity Alice",
        "add-observation Alice",
        "create-relation Alice",
        "delete-observation Alice",
      ]),
    );
    const ids = changes.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    const ofBob = await structured<{ changes: Change[] }>(client, "get_history", { entity: "Bob" });
    expect(ofBob.changes.length).toBeGreaterThan(1);
    expect(ofBob.changes.length).toBeLessThan(changes.length);
  });

  test("is read in pages", async () => {
    const client = await clientOn();
    for (const name of ["a", "b", "c", "d", "e"]) {
      await call(client, "create_entities", { entities: [entity(name)] });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: { changes: Change[]; next?: string } = await structured(client, "get_history", {
        limit: 2,
        cursor,
      });
      expect(page.changes.length).toBeLessThanOrEqual(2);
      seen.push(...page.changes.map((change) => change.entity));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(["e", "d", "c", "b", "a"]);
  });

  test("shortens what a change was about", async () => {
    const client = await clientOn();
    await call(client, "create_entities", {
      entities: [entity("Alice", "person", "x".repeat(10_000))],
    });
    const { changes } = await structured<{ changes: Change[] }>(client, "get_history");
    for (const { detail } of changes) expect(detail.length).toBeLessThan(400);
  });
});

describe("the graph as it was", () => {
  test("is read by every tool that reads", async () => {
    const client = await clientOn();
    await call(client, "create_entities", {
      entities: [entity("Alice", "person", "sings"), entity("Bob")],
    });
    await call(client, "create_relations", { relations: [relation("Alice", "knows", "Bob")] });
    const before = JSON.parse(await call(client, "read_graph"));
    const { changes } = await structured<{ changes: Change[] }>(client, "get_history");
    const at = changes[0]?.at as string;
    // A moment is a millisecond: what comes next must be in a later one.
    while (Date.now() <= Date.parse(at));
    await call(client, "update_entities", { updates: [{ name: "Alice", newName: "Alicia" }] });
    await call(client, "delete_entities", { entityNames: ["Bob"] });

    expect(JSON.parse(await call(client, "read_graph", { at }))).toEqual(before);
    expect(JSON.parse(await call(client, "open_nodes", { names: ["Alice", "Bob"], at }))).toEqual(
      before,
    );
    expect(JSON.parse(await call(client, "search_nodes", { query: "sings", at })).entities).toEqual(
      [entity("Alice", "person", "sings")],
    );
    expect(await structured(client, "get_entity", { name: "Alice", at })).toMatchObject({
      facts: [{ text: "sings" }],
    });
    expect(await structured(client, "find_related", { name: "Alice", at })).toMatchObject({
      entities: [{ name: "Bob", steps: 1 }],
    });
    expect(await call(client, "find_path", { from: "Bob", to: "Alice", at })).toBe(
      "Bob <-[knows]- Alice",
    );
    expect(await structured(client, "graph_summary", { at })).toMatchObject({
      entities: 2,
      relations: 1,
    });
    expect(await call(client, "read_graph", { at: "2001-01-01" })).toBe(
      JSON.stringify({ entities: [], relations: [] }, null, 2),
    );
  });

  test("at a time that is none is refused", async () => {
    const client = await clientOn();
    expect(await refusal(client, "read_graph", { at: "yesterday" })).toContain("2026-01-31");
  });
});
