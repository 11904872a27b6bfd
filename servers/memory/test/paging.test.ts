import { type Client, LATEST_REVISION, REVISIONS, type TextContent } from "@portico/core";
import { createDatabase } from "@portico/testing-postgres";
import { call, refusal, structured, succeed } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { entity, relation } from "./support/graphs.ts";
import { clientOn, openBinary } from "./support/servers.ts";

// What every read promises: an answer a host takes, and a way to the rest.

/** Below the 25,000 tokens beyond which hosts refuse an answer. */
const MOST_BYTES = 82_000;

/** 1,000 characters that take 6 bytes each in JSON. */
const long = (first: string) => `${first} ${"\u0001".repeat(990)}`;

interface Page {
  readonly next?: string;
  readonly note?: string;
}

/** All pages of a read, none too large, each but the last saying how to go on. */
async function pages<T>(client: Client, tool: string, args: object = {}): Promise<(T & Page)[]> {
  const all: (T & Page)[] = [];
  let cursor: string | undefined;
  do {
    const { content, structuredContent } = await succeed(client, tool, { ...args, cursor });
    const [first, second] = content as TextContent[];
    const page = structuredContent as T & Page;
    expect(Buffer.byteLength(first?.text ?? "")).toBeLessThan(MOST_BYTES);
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(MOST_BYTES);
    all.push(page);
    cursor = page.next;
    const goOn = `This is not all; go on with cursor: ${JSON.stringify(cursor)}`;
    if (cursor !== undefined) expect([second?.text, page.note]).toEqual([goOn, goOn]);
  } while (cursor !== undefined);
  return all;
}

/** A hub with `count` neighbours. */
async function hub(client: Client, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, at) => `neighbour ${at}`);
  await call(client, "create_entities", {
    entities: ["hub", ...names].map((name) => entity(name)),
  });
  const relations = names.map((name) => relation("hub", "has", name));
  await call(client, "create_relations", { relations });
  return names;
}

interface Walked {
  readonly entities: { readonly name: string; readonly steps: number }[];
  readonly relations: object[];
}

interface Graph {
  readonly entities: { readonly name: string }[];
  readonly relations: object[];
}

const names = (all: readonly Graph[]) =>
  all.flatMap(({ entities }) => entities.map(({ name }) => name));

describe("get_entity", () => {
  test("gives many long tags, then the facts, page by page", async () => {
    const client = await clientOn();
    const tags = Array.from({ length: 100 }, (_, at) => long(`tag ${at}`));
    const facts = ["one", "two", "x".repeat(100_000), "four"];
    await call(client, "create_entities", { entities: [{ ...entity("a", "b", ...facts), tags }] });
    const all = await pages<{ tags: string[]; facts: { text: string }[] }>(client, "get_entity", {
      name: "a",
    });
    expect(all.length).toBeGreaterThan(7);
    expect(all.flatMap((page) => page.tags)).toEqual(tags);
    expect(all.flatMap((page) => page.facts.map(({ text }) => text)).join()).toHaveLength(
      facts.join().length + all.flatMap((page) => page.facts).length - facts.length,
    );
    expect(await refusal(client, "get_entity", { name: "a", cursor: "104" })).toContain("start");
    expect(await refusal(client, "get_entity", { name: "a", cursor: "0.1" })).toContain("start");
  });

  test("keeps a part of a fact within the answer whatever else is to tell", async () => {
    const client = await clientOn();
    const large = entity(long("a"), long("b"), "\u0001".repeat(50_000));
    await call(client, "create_entities", { entities: [large] });
    const all = await pages<{ facts: { text: string }[] }>(client, "get_entity", {
      name: large.name,
    });
    expect(all.flatMap((page) => page.facts.map(({ text }) => text)).join("")).toBe(
      large.observations[0],
    );
  });
});

test("graph_summary leaves out what is long at the end of each list, and says so", async () => {
  const client = await clientOn();
  const all = Array.from({ length: 20 }, (_, at) => ({
    ...entity(long(`name ${at}`), long(`type ${at}`)),
    tags: [long(`tag ${at}`)],
  }));
  await call(client, "create_entities", { entities: all });
  const relations = all.map(({ name }, at) => relation(name, long(`r ${at}`), name));
  await call(client, "create_relations", { relations });
  const [page] = await pages<Record<string, unknown[]>>(client, "graph_summary");
  const lists = ["entityTypes", "relationTypes", "tags", "hubs", "recent"];
  for (const list of lists) expect([list, page?.[list]?.length]).toEqual([list, 2]);
  expect(page?.note).toBe(
    `What is long is left out at the end of: ${lists.join(", ")}; read_graph has everything.`,
  );
});

describe("list_projects", () => {
  test("gives more projects than fit, or than were asked for, page by page", async () => {
    const client = await clientOn();
    const projects = Array.from({ length: 700 }, (_, at) => `${at + 1_000} ${"ä".repeat(59)}`);
    for (const project of projects) {
      await call(client, "create_entities", { entities: [entity("a")], project });
    }
    const all = await pages<{ projects: string[] }>(client, "list_projects");
    expect(all.length).toBeGreaterThan(1);
    expect(all.flatMap((page) => page.projects)).toEqual(projects);
    const few = await pages<{ projects: string[] }>(client, "list_projects", { limit: 300 });
    expect(few.map((page) => page.projects.length)).toEqual([300, 300, 100]);
    expect(await refusal(client, "list_projects", { cursor: "nothing" })).toContain("start again");
  });
});

describe("find_related", () => {
  test("gives all neighbours of a hub page by page, each relation once", async () => {
    const client = await clientOn();
    const neighbours = await hub(client, 2_500);
    const all = await pages<Walked>(client, "find_related", { name: "hub", limit: 1_000 });
    expect(names(all)).toEqual(neighbours);
    expect(all.flatMap((page) => page.relations)).toHaveLength(2_500);
    expect(
      new Set(all.flatMap((page) => page.relations.map((one) => JSON.stringify(one)))).size,
    ).toBe(2_500);
    for (const cursor of ["x", "-1", "5001"]) {
      const sentence = await refusal(client, "find_related", { name: "hub", cursor });
      expect(sentence).toMatch(/start again|begin without/);
    }
  });

  test("goes on over steps, in pages as small as one entity", async () => {
    const client = await clientOn();
    const grid = Array.from({ length: 30 }, (_, at) => entity(`e${at}`));
    await call(client, "create_entities", { entities: grid });
    const relations = grid.flatMap(({ name }, at) =>
      [3 * at + 1, 7 * at + 2, at].map((to) => relation(name, "next", `e${to % 30}`)),
    );
    await call(client, "create_relations", { relations });
    const wanted = { name: "e5", depth: 3 };
    const whole = await structured<Walked>(client, "find_related", wanted);
    for (const limit of [1, 7, 20]) {
      const all = await pages<Walked>(client, "find_related", { ...wanted, limit });
      expect(all.flatMap(({ entities }) => entities)).toEqual(whole.entities);
      expect(all.flatMap((page) => page.relations)).toEqual(whole.relations);
    }
  });

  test("says when more is reached than can be walked to", { timeout: 60_000 }, async () => {
    const client = await clientOn();
    for (const from of [0, 5_001]) {
      const spokes = Array.from({ length: 5_001 }, (_, at) => entity(`e${from + at}`));
      await call(client, "create_entities", { entities: spokes });
      const relations = spokes.slice(1).map(({ name }) => relation(`e${from}`, "has", name));
      await call(client, "create_relations", { relations });
    }
    await call(client, "create_relations", { relations: [relation("e0", "has", "e5001")] });
    const last = await structured<Walked & Page>(client, "find_related", {
      name: "e0",
      depth: 2,
      cursor: "19900",
    });
    expect(last).toMatchObject({
      entities: expect.toSatisfy((entities: object[]) => entities.length > 0),
      cut: true,
      note: expect.stringMatching(/^Some may be missing: more than 10000 entities are reached/),
    });
    expect(last).not.toHaveProperty("next");
  });
});

test("find_path gives a chain of long names page by page", async () => {
  const client = await clientOn();
  const chain = Array.from({ length: 13 }, (_, at) => entity(long(`e${at}`)));
  await call(client, "create_entities", { entities: chain });
  const relations = chain
    .slice(1)
    .map(({ name }, at) => relation(chain[at]?.name ?? "", long(`r${at}`), name));
  await call(client, "create_relations", { relations });
  const ends = { from: chain[0]?.name, to: chain[12]?.name, depth: 12 };
  const all = await pages<{ found: boolean; relations: object[] }>(client, "find_path", ends);
  expect(all.length).toBeGreaterThan(1);
  expect(all.flatMap((page) => page.relations)).toEqual(relations);
  const cursor = all[0]?.next;
  const text = await call(client, "find_path", { ...ends, cursor });
  expect(text.startsWith(`e${cursor} `)).toBe(true);
  expect(await refusal(client, "find_path", { ...ends, cursor: "13" })).toContain("start again");
});

describe("open_nodes", () => {
  test("opens any number of names page by page, as they were created", async () => {
    const client = await clientOn();
    const created = Array.from({ length: 2_500 }, (_, at) => entity(`e${at}`, "thing", "a fact"));
    await call(client, "create_entities", { entities: created });
    const asked = ["Nobody", ...created.map(({ name }) => name).reverse()];
    const { note, next } = await structured<Page>(client, "open_nodes", { names: asked });
    expect(note).toBe(
      `There is no: "Nobody". This is not all; go on with cursor: ${JSON.stringify(next)}`,
    );
    const all = await pages<Graph>(client, "open_nodes", { names: asked.slice(1) });
    expect(all.length).toBeGreaterThan(2);
    expect(all.flatMap(({ entities }) => entities)).toEqual(created);
  });

  test("goes on where it was, whatever is deleted or created meanwhile", async () => {
    const client = await clientOn();
    const wanted = ["a", "b", "c", "d"];
    const large = wanted.map((name) => entity(name, "thing", name.repeat(25_000)));
    await call(client, "create_entities", { entities: large.slice(0, 3) });
    const first = await structured<Graph & Page>(client, "open_nodes", { names: wanted });
    expect(names([first])).toEqual(["a", "b"]);
    await call(client, "delete_entities", { entityNames: ["a"] });
    await call(client, "create_entities", { entities: large.slice(3) });
    const cursor = first.next;
    const second = await structured<Graph>(client, "open_nodes", { names: wanted, cursor });
    expect(second).toEqual({ entities: large.slice(2), relations: [] });
    expect(await refusal(client, "open_nodes", { names: wanted, cursor: "x" })).toContain("begin");
  });
});

test("search_nodes says on its last page when more may match", { timeout: 60_000 }, async () => {
  const client = await clientOn();
  for (const size of [10_000, 1]) {
    const entities = Array.from({ length: size }, (_, at) => entity(`${size} ${at}`, "x", "apple"));
    await call(client, "create_entities", { entities });
  }
  const said = "These are the best; more may match.";
  const note = async (cursor: string) => {
    const args = { query: "apple", limit: 200, cursor };
    return (await structured<Page>(client, "search_nodes", args)).note;
  };
  expect(await note("600")).not.toContain(said);
  expect(await note("900")).toContain(said);
});

test("get_history says how to go on", async () => {
  const client = await clientOn();
  await hub(client, 100);
  const all = await pages<{ changes: object[] }>(client, "get_history", { limit: 90 });
  expect(all.map(({ changes }) => changes.length)).toEqual([90, 90, 21]);
});

test("names in a note are shortened", async () => {
  const client = await clientOn();
  const missing = Array.from({ length: 20 }, (_, at) => `${at}${"x".repeat(10_000)}`);
  const { note } = await structured<Page>(client, "open_nodes", { names: missing });
  expect(note?.length).toBeLessThan(3_000);
  expect(note).toContain('"0xxx');
});

describe.each([REVISIONS[0], LATEST_REVISION] as const)(
  "the binary on PostgreSQL with revision %s",
  (revision) => {
    test("reads a hub, its neighbours and the projects to the end", {
      timeout: 60_000,
    }, async () => {
      const { url } = await createDatabase(18);
      const client = await openBinary([], { revision, env: { MEMORY_DATABASE_URL: url() } });
      onTestFinished(() => client.close());
      const neighbours = await hub(client, 1_500);
      const read = async (tool: string, args: object) => {
        const all: string[] = [];
        for (let cursor: string | undefined; ; ) {
          const { content } = await succeed(client, tool, { ...args, cursor });
          const [first, second] = content as TextContent[];
          all.push(first?.text ?? "");
          cursor = /go on with cursor: (".*")$/.exec(second?.text ?? "")?.[1];
          if (cursor === undefined) return all;
          cursor = JSON.parse(cursor) as string;
        }
      };
      const walked = await read("find_related", { name: "hub", limit: 400 });
      expect(names(walked.map((page) => JSON.parse(page) as Graph))).toEqual(neighbours);
      const opened = await read("open_nodes", { names: neighbours });
      expect(names(opened.map((page) => JSON.parse(page) as Graph))).toEqual(neighbours);
      for (const project of ["one", "two"]) {
        await call(client, "create_entities", { entities: [entity("a")], project });
      }
      const listed = await read("list_projects", { limit: 1 });
      const projects = listed.flatMap((page) => JSON.parse(page).projects);
      expect(projects).toEqual(["default", "one", "two"]);
    });
  },
);
