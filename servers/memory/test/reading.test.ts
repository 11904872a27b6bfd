import type { Client } from "@portico/core";
import { call, refusal, structured } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { createSample, entity, relation } from "./support/graphs.ts";
import { clientOn } from "./support/servers.ts";

interface GraphAnswer {
  readonly entities: readonly { readonly name: string; readonly observations: string[] }[];
  readonly relations: readonly object[];
  readonly next?: string;
  readonly note?: string;
}

async function sampled(): Promise<Client> {
  const client = await clientOn();
  await createSample(client);
  return client;
}

const namesOf = ({ entities }: GraphAnswer) => entities.map(({ name }) => name);

describe("a graph too large for one answer", () => {
  test("is read page by page, entities first, and nothing twice or never", async () => {
    const client = await clientOn();
    const all = Array.from({ length: 450 }, (_, at) =>
      entity(`e${at}`, "thing", `${at} ${"x".repeat(500)}`),
    );
    await call(client, "create_entities", { entities: all });
    const relations = all.slice(1).map(({ name }) => relation("e0", "precedes", name));
    await call(client, "create_relations", { relations });
    const seen: GraphAnswer[] = [];
    let cursor: string | undefined;
    do {
      const page: GraphAnswer = await structured(client, "read_graph", { cursor });
      expect(JSON.stringify(page, null, 2).length).toBeLessThan(82_000);
      seen.push(page);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.flatMap(({ entities }) => entities)).toEqual(all);
    expect(seen.flatMap((page) => page.relations)).toEqual(relations);
  });

  test("is read in pages of the size asked for", async () => {
    const client = await sampled();
    const first = await structured<GraphAnswer>(client, "read_graph", { limit: 3 });
    expect(namesOf(first)).toEqual(["Alice", "Bob", "Acme"]);
    expect(first.relations).toEqual([]);
    const second = await structured<GraphAnswer>(client, "read_graph", { cursor: first.next });
    expect(namesOf(second)).toEqual(["Utrecht"]);
    expect(second.relations).toHaveLength(3);
    expect(second).not.toHaveProperty("next");
  });

  test("with a cursor that is none of its own is refused", async () => {
    const client = await sampled();
    for (const cursor of ["", "x", "entities:", "relations", "e:1"]) {
      expect(await refusal(client, "read_graph", { cursor })).toContain("start again");
    }
  });

  test("shows as much as fits of an entity that is too large by itself", async () => {
    const client = await clientOn();
    const facts = Array.from({ length: 300 }, (_, at) => `${at} ${"x".repeat(1_000)}`);
    await call(client, "create_entities", { entities: [entity("Big", "thing", ...facts)] });
    for (const [tool, args] of [
      ["read_graph", {}],
      ["open_nodes", { names: ["Big"] }],
      ["search_nodes", { query: "Big" }],
    ] as const) {
      const { entities, note } = await structured<GraphAnswer>(client, tool, args);
      const shown = entities[0]?.observations ?? [];
      expect([tool, shown.length > 50, shown.length < 100]).toEqual([tool, true, true]);
      expect(shown).toEqual(facts.slice(0, shown.length));
      expect(note).toContain(`"Big" is cut after ${shown.length} of 300 observations; get_entity`);
    }
    const texts: string[] = [];
    let cursor: string | undefined;
    do {
      const page: { facts: { text: string }[]; next?: string } = await structured(
        client,
        "get_entity",
        { name: "Big", cursor },
      );
      texts.push(...page.facts.map(({ text }) => text));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(texts).toEqual(facts);
  });

  test("gives a fact that is too large by itself in parts", async () => {
    const client = await clientOn();
    const large = "a\u{1f600}\u00e4\u0001".repeat(40_000);
    const facts = ["first", large, "", "last"];
    await call(client, "create_entities", { entities: [entity("Big", "thing", ...facts)] });
    type Page = { facts: { text: string; part?: string }[]; next?: string };
    const pages: Page[] = [];
    let cursor: string | undefined;
    do {
      const page: Page = await structured(client, "get_entity", { name: "Big", cursor });
      expect(JSON.stringify(page).length).toBeLessThan(100_000);
      pages.push(page);
      cursor = page.next;
    } while (cursor !== undefined);
    const shown = pages.flatMap((page) => page.facts);
    const parts = shown.filter(({ part }) => part !== undefined);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts[0]?.part).toMatch(/^1-\d+ of 200000 characters$/);
    expect(parts.map(({ text }) => text).join("")).toBe(large);
    expect(parts.filter(({ text }) => !text.isWellFormed())).toEqual([]);
    const whole = shown.filter(({ part }) => part === undefined);
    expect(whole.map(({ text }) => text)).toEqual(["first", "", "last"]);
    for (const wrong of ["4", "1.200000", "1.", "-1", "x"]) {
      const sentence = await refusal(client, "get_entity", { name: "Big", cursor: wrong });
      expect(sentence).toContain("start again");
    }
  });
});

describe("search", () => {
  test("wants all words, of names, types, facts and tags alike", async () => {
    const client = await sampled();
    const find = async (query: string) =>
      namesOf(await structured(client, "search_nodes", { query }));
    expect(await find("person dutch")).toEqual(["Alice"]);
    expect(await find("dutch anvils")).toEqual([]);
    await call(client, "update_entities", { updates: [{ name: "Bob", addTags: ["musician"] }] });
    expect(await find("musician")).toEqual(["Bob"]);
  });

  test("says which word occurs nowhere and what it looked for instead", async () => {
    const client = await sampled();
    const found = await structured<GraphAnswer>(client, "search_nodes", { query: "mountians" });
    expect(namesOf(found)).toEqual(["Alice"]);
    expect(found.note).toMatch(/"mountians" occurs nowhere; searched for "mountains/);
  });

  test("in brief answers only where the words are", async () => {
    const client = await sampled();
    const { entities } = await structured<GraphAnswer>(client, "search_nodes", {
      query: "hiking",
      brief: true,
    });
    expect(entities).toHaveLength(1);
    expect(entities[0]?.observations.join()).toContain("**hiking**");
    expect(entities[0]?.observations.join()).not.toContain("Dutch");
  });

  test("can be narrowed to types and tags", async () => {
    const client = await clientOn();
    await call(client, "create_entities", {
      entities: [
        { ...entity("Ada", "person", "analyst"), tags: ["old", "math"] },
        { ...entity("Bert", "person", "analyst"), tags: ["old"] },
        entity("Analyst", "job"),
      ],
    });
    const find = async (args: object) =>
      namesOf(await structured(client, "search_nodes", { query: "analyst", ...args })).sort();
    expect(await find({})).toEqual(["Ada", "Analyst", "Bert"]);
    expect(await find({ entityTypes: ["person"] })).toEqual(["Ada", "Bert"]);
    expect(await find({ tags: ["old"] })).toEqual(["Ada", "Bert"]);
    expect(await find({ tags: ["old", "math"] })).toEqual(["Ada"]);
  });

  test("goes on where it stopped", async () => {
    const client = await clientOn();
    const all = Array.from({ length: 7 }, (_, at) => entity(`apple ${at}`));
    await call(client, "create_entities", { entities: all });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: GraphAnswer = await structured(client, "search_nodes", {
        query: "apple",
        limit: 3,
        cursor,
      });
      seen.push(...namesOf(page));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen.sort()).toEqual(all.map(({ name }) => name));
  });

  test.each(["", " ", "\n\t"])("for %j is refused with what to use instead", async (query) => {
    expect(await refusal(await sampled(), "search_nodes", { query })).toMatch(
      /graph_summary.*read_graph/,
    );
  });

  test.each(['"', "*", "a OR", "NEAR(", "^x", "a:b", "(((", "'; DROP TABLE entity"])(
    "takes %j as words and never as a language",
    async (query) => {
      const client = await sampled();
      const { isError } = await client.callTool("search_nodes", { query });
      expect(isError ?? false).toBe(false);
    },
  );
});

test("names that are opened but do not exist are named", async () => {
  const client = await sampled();
  const opened = await structured<GraphAnswer>(client, "open_nodes", {
    names: ["Nobody", "Alice", "Nobody"],
  });
  expect(namesOf(opened)).toEqual(["Alice"]);
  expect(opened.note).toBe('There is no: "Nobody".');
});

test("names that do not fit are opened by the next page", async () => {
  const client = await clientOn();
  const all = ["a", "b", "c"].map((name) => entity(name, "thing", name.repeat(40_000)));
  await call(client, "create_entities", { entities: all });
  const opened = await structured<GraphAnswer>(client, "open_nodes", { names: ["a", "b", "c"] });
  expect(namesOf(opened)).toEqual(["a"]);
  expect(opened.note).toBe('This is not all; go on with cursor: "1"');
  const { next: cursor } = opened;
  const rest = await structured<GraphAnswer>(client, "open_nodes", {
    names: ["a", "b", "c"],
    cursor,
  });
  expect(namesOf(rest)).toEqual(["b"]);
});

describe("what hangs together", () => {
  test("is walked step by step, nearest first", async () => {
    const client = await sampled();
    const near = await structured(client, "find_related", { name: "Alice" });
    expect(near).toEqual({
      entities: [{ name: "Acme", steps: 1 }],
      relations: [relation("Alice", "works_at", "Acme")],
    });
    const far = await structured<{ entities: object[] }>(client, "find_related", {
      name: "Alice",
      depth: 2,
    });
    expect(far.entities).toEqual([
      { name: "Acme", steps: 1 },
      { name: "Bob", steps: 2 },
      { name: "Utrecht", steps: 2 },
    ]);
    const out = await structured<{ entities: object[] }>(client, "find_related", {
      name: "Alice",
      depth: 3,
      direction: "out",
      relationTypes: ["works_at"],
    });
    expect(out.entities).toEqual([{ name: "Acme", steps: 1 }]);
  });

  test("says when there is more than was asked for", async () => {
    const client = await sampled();
    const { entities, note } = await structured<GraphAnswer>(client, "find_related", {
      name: "Acme",
      limit: 2,
    });
    expect(entities).toHaveLength(2);
    expect(note).toBe('This is not all; go on with cursor: "4"');
  });

  test("is drawn as a path, whichever way its relations go", async () => {
    const client = await sampled();
    expect(await call(client, "find_path", { from: "Alice", to: "Bob" })).toBe(
      "Alice -[works_at]-> Acme <-[owns]- Bob",
    );
    await call(client, "create_entities", { entities: [entity("Island")] });
    const none = await structured(client, "find_path", { from: "Alice", to: "Island" });
    expect(none).toEqual({ found: false, relations: [] });
  });

  test("is said not to be all where it is too crowded to follow", { timeout: 60_000 }, async () => {
    const client = await clientOn();
    await call(client, "create_entities", {
      entities: ["hub", "near", "end"].map((name) => entity(name)),
    });
    for (let from = 0; from < 20_000; from += 10_000) {
      const relations = Array.from({ length: 10_000 }, (_, at) =>
        relation("hub", `type ${from + at}`, "near"),
      );
      await call(client, "create_relations", { relations });
    }
    await call(client, "create_relations", { relations: [relation("hub", "rare", "end")] });
    const ends = { from: "hub", to: "end" };
    const result = await client.callTool("find_path", { ...ends, depth: 1 });
    expect(result.content).toEqual([
      { type: "text", text: "No chain was found in what was searched, which is not all." },
      { type: "text", text: expect.stringMatching(/^There may be a chain: .*relationTypes/) },
    ]);
    expect(result.structuredContent).toMatchObject({
      found: false,
      cut: true,
      note: expect.stringContaining("There may be a chain"),
    });
    const narrowed = { ...ends, depth: 1, relationTypes: ["rare"] };
    expect(await structured(client, "find_path", narrowed)).toEqual({
      found: true,
      relations: [relation("hub", "rare", "end")],
    });
    const related = await structured(client, "find_related", { name: "hub" });
    expect(related).toMatchObject({
      cut: true,
      note: expect.stringMatching(/Some may be missing: .*relationTypes/),
    });
  });

  test("from nobody is refused", async () => {
    const client = await sampled();
    expect(await refusal(client, "find_related", { name: "Nobody" })).toContain('"Nobody"');
    expect(await refusal(client, "find_path", { from: "Alice", to: "Nobody" })).toContain(
      '"Nobody"',
    );
  });
});

test("a summary tells how much there is and what matters", async () => {
  const client = await sampled();
  const summary = await structured<Record<string, unknown[]>>(client, "graph_summary");
  expect(summary).toMatchObject({
    project: "default",
    entities: 4,
    observations: 4,
    relations: 3,
    entityTypes: expect.arrayContaining([
      { name: "person", count: 2 },
      { name: "company", count: 1 },
    ]),
  });
  expect(summary.hubs?.[0]).toEqual({ name: "Acme", count: 3 });
  expect(summary.recent).toHaveLength(4);
});
