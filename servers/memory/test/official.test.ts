import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entity, relation } from "./support/graphs.ts";
import { openPair, type Pair } from "./support/pair.ts";

// The published official server is the oracle. What differs on purpose is in differences.test.ts.

const people = {
  entities: [
    entity("Alice", "person", "likes hiking", "speaks Dutch"),
    entity("Bob", "person"),
    entity("Acme", "company", "makes anvils"),
    entity("日本 ünï 😀", "名", "見出し"),
    entity("__proto__", "constructor", "toString"),
    entity('quotes " \\ \n', "x\ty", "line\nbreak"),
  ],
};

const calls: readonly [tool: string, what: string, args: object][] = [
  ["read_graph", "an empty graph", {}],
  ["search_nodes", "an empty graph", { query: "x" }],
  ["open_nodes", "no names", { names: [] }],
  ["create_entities", "several", people],
  ["create_entities", "none", { entities: [] }],
  [
    "create_relations",
    "several",
    {
      relations: [
        relation("Alice", "works_at", "Acme"),
        relation("Bob", "owns", "Acme"),
        relation("Bob", "knows", "Alice"),
        relation("__proto__", "constructor", "Alice"),
        relation("Alice", "is", "Alice"),
      ],
    },
  ],
  ["create_relations", "none", { relations: [] }],
  [
    "add_observations",
    "to several",
    {
      observations: [
        { entityName: "Alice", contents: ["has a dog", "is 42"] },
        { entityName: "Bob", contents: ["plays the cello"] },
      ],
    },
  ],
  ["add_observations", "nothing", { observations: [{ entityName: "Bob", contents: [] }] }],
  ["read_graph", "everything", {}],
  ["read_graph", "with an argument it does not have", { unknown: 1 }],
  ["search_nodes", "a word of an observation", { query: "cello" }],
  ["search_nodes", "in other case", { query: "CELLO" }],
  ["search_nodes", "a name", { query: "Acme" }],
  ["search_nodes", "a type", { query: "company" }],
  ["search_nodes", "the beginning of a word", { query: "anv" }],
  ["search_nodes", "two words side by side", { query: "likes hiking" }],
  ["search_nodes", "nothing", { query: "xylophone" }],
  ["open_nodes", "one", { names: ["Alice"] }],
  ["open_nodes", "several, in another order", { names: ["Bob", "Acme", "Alice"] }],
  ["open_nodes", "one twice", { names: ["Bob", "Bob"] }],
  ["open_nodes", "names of the prototype", { names: ["__proto__"] }],
  ["open_nodes", "a name with everything in it", { names: ['quotes " \\ \n', "日本 ünï 😀"] }],
  [
    "delete_observations",
    "of several",
    {
      deletions: [
        { entityName: "Alice", observations: ["is 42"] },
        { entityName: "Acme", observations: ["makes anvils"] },
      ],
    },
  ],
  ["delete_relations", "one", { relations: [relation("Bob", "owns", "Acme")] }],
  ["read_graph", "what is left", {}],
  ["delete_entities", "with relations", { entityNames: ["Alice", "__proto__"] }],
  ["read_graph", "what is left then", {}],
  ["create_entities", "once more", { entities: [entity("Alice", "robot", "is new")] }],
  ["create_relations", "once more", { relations: [relation("Bob", "owns", "Acme")] }],
  ["read_graph", "what there is then", {}],
];

const refused: readonly [tool: string, what: string, args: object][] = [
  ["create_entities", "no argument", {}],
  ["create_entities", "an entity without a type", { entities: [{ name: "x", observations: [] }] }],
  ["create_relations", "a text", { relations: "Alice knows Bob" }],
  [
    "add_observations",
    "an unknown entity",
    { observations: [{ entityName: "Nobody", contents: ["x"] }] },
  ],
  ["search_nodes", "a number", { query: 1 }],
  ["open_nodes", "a text", { names: "Alice" }],
];

describe("like the official server", () => {
  let both: Pair;

  beforeAll(async () => {
    both = await openPair();
  });
  afterAll(() => both.close());

  test("each call answers the same, text and structure", async () => {
    for (const [tool, what, args] of calls) {
      const [our, their] = await both.answer(tool, args);
      expect([tool, what, our]).toEqual([tool, what, their]);
      expect([tool, what, their.isError]).toEqual([tool, what, false]);
    }
  });

  test("the resource is the same", async () => {
    const uri = "memory://knowledge-graph";
    const [our, their] = await Promise.all([
      both.ours.readResource(uri),
      both.theirs.readResource(uri),
    ]);
    expect(our.contents).toEqual(their.contents);
    const [[listed], [official]] = await Promise.all([
      both.ours.listResources(),
      both.theirs.listResources(),
    ]);
    expect(listed).toEqual(official);
  });

  test("a subscription to it hears of a change", async () => {
    const uri = "memory://knowledge-graph";
    for (const client of [both.ours, both.theirs]) {
      const subscription = await client.subscribe({ uris: [uri] });
      const heard = subscription.next();
      await client.callTool("create_entities", { entities: [entity("Heard of")] });
      expect((await heard).value).toEqual({ kind: "resource", uri });
      await subscription.close();
    }
  });

  test.each(refused)("%s refuses %s, and changes nothing", async (tool, _, args) => {
    const before = await both.answer("read_graph", {});
    const [our, their] = await both.answer(tool, args);
    expect([our.isError, their.isError]).toEqual([true, true]);
    expect(await both.answer("read_graph", {})).toEqual(before);
  });

  test("its 9 tools have the same titles, hints and arguments", async () => {
    const [our, their] = await Promise.all([both.ours.listTools(), both.theirs.listTools()]);
    expect(their).toHaveLength(9);
    expect(our.slice(0, 9).map(({ name }) => name)).toEqual(their.map(({ name }) => name));
    for (const tool of their) {
      const same = our.find(({ name }) => name === tool.name);
      expect(same).toMatchObject({ title: tool.title, annotations: tool.annotations });
      expect(same?.inputSchema.required).toEqual(tool.inputSchema.required);
      expect(Object.keys(same?.inputSchema.properties ?? {})).toEqual(
        expect.arrayContaining(Object.keys(tool.inputSchema.properties ?? {})),
      );
      expect(same?.outputSchema?.required).toEqual(tool.outputSchema?.required);
    }
  });
});
