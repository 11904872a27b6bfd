import fs from "node:fs";
import path from "node:path";
import type { CallToolResult, Client } from "@portico/core";
import { makeScratch, textOf } from "@portico/testing-servers";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type Difference, differences } from "./support/differences.ts";
import { createSample, entity, relation } from "./support/graphs.ts";
import { openBinary, openOfficial } from "./support/servers.ts";

// The published official server is the oracle: both run as processes of their own, and get the same calls.

let dir: string;
let ours: Client;
let theirs: Client;

beforeAll(() => {
  dir = makeScratch();
});

afterAll(() => fs.rmSync(dir, { recursive: true }));

let pairs = 0;

/** Both servers, each with an empty memory. */
async function openBoth(): Promise<void> {
  const own = path.join(dir, String(pairs++));
  [ours, theirs] = await Promise.all([
    openBinary(["--file", `${own}.db`]),
    openOfficial(`${own}.jsonl`),
  ]);
}

async function closeBoth(): Promise<void> {
  await Promise.all([ours?.close(), theirs?.close()]);
}

interface Answer {
  readonly isError: boolean;
  readonly blocks: readonly string[];
  readonly structured: unknown;
}

function answerOf(result: CallToolResult): Answer {
  return {
    isError: result.isError === true,
    blocks: result.content.map((block) => (block.type === "text" ? block.text : block.type)),
    structured: result.structuredContent ?? null,
  };
}

async function bothAnswer(tool: string, args: object): Promise<[our: Answer, their: Answer]> {
  const [our, their] = await Promise.all([ours.callTool(tool, args), theirs.callTool(tool, args)]);
  return [answerOf(our), answerOf(their)];
}

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
  beforeAll(openBoth);
  afterAll(closeBoth);

  test("each call answers the same, text and structure", async () => {
    for (const [tool, what, args] of calls) {
      const [our, their] = await bothAnswer(tool, args);
      expect([tool, what, our]).toEqual([tool, what, their]);
      expect([tool, what, their.isError]).toEqual([tool, what, false]);
    }
  });

  test("the resource is the same", async () => {
    const uri = "memory://knowledge-graph";
    const [our, their] = await Promise.all([ours.readResource(uri), theirs.readResource(uri)]);
    expect(our.contents).toEqual(their.contents);
    const [[listed], [official]] = await Promise.all([
      ours.listResources(),
      theirs.listResources(),
    ]);
    expect(listed).toEqual(official);
  });

  test("a subscription to it hears of a change", async () => {
    const uri = "memory://knowledge-graph";
    for (const client of [ours, theirs]) {
      const subscription = await client.subscribe({ uris: [uri] });
      const heard = subscription.next();
      await client.callTool("create_entities", { entities: [entity("Heard of")] });
      expect((await heard).value).toEqual({ kind: "resource", uri });
      await subscription.close();
    }
  });

  test.each(refused)("%s refuses %s, and changes nothing", async (tool, _, args) => {
    const before = await bothAnswer("read_graph", {});
    const [our, their] = await bothAnswer(tool, args);
    expect([our.isError, their.isError]).toEqual([true, true]);
    expect(await bothAnswer("read_graph", {})).toEqual(before);
  });

  test("its 9 tools have the same titles, hints and arguments", async () => {
    const [our, their] = await Promise.all([ours.listTools(), theirs.listTools()]);
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

interface Case {
  readonly shows: Difference;
  readonly what: string;
  readonly tool: string;
  readonly args: object;
  readonly ours: (answer: Answer) => void;
  readonly theirs: (answer: Answer) => void;
}

const fails = (part: string | RegExp) => (answer: Answer) => {
  expect(answer.isError).toBe(true);
  expect(answer.blocks[0]).toMatch(part);
};
const names = (answer: Answer) =>
  (answer.structured as { entities: { name: string }[] }).entities.map(({ name }) => name);
const finds =
  (...expected: string[]) =>
  (answer: Answer) =>
    expect(names(answer)).toEqual(expected);
const notes = (note: string) => (answer: Answer) => {
  expect(answer.blocks.slice(1)).toEqual([note]);
  expect(answer.structured).toMatchObject({ note });
};
const silent = (answer: Answer) => {
  expect(answer.isError).toBe(false);
  expect(answer.blocks).toHaveLength(1);
};
const creates = (count: number) => (answer: Answer) =>
  expect(JSON.parse(answer.blocks[0] as string)).toHaveLength(count);

const cases: readonly Case[] = [
  {
    shows: "unknownEnds",
    what: "two missing entities",
    tool: "create_relations",
    args: {
      relations: [relation("Alice", "knows", "Carol"), relation("Dave", "knows", "Alice")],
    },
    ours: fails(/"Carol".*"Dave"/),
    theirs: creates(2),
  },
  {
    shows: "emptyNames",
    what: "an empty name",
    tool: "create_entities",
    args: { entities: [entity("")] },
    ours: fails("empty"),
    theirs: creates(1),
  },
  {
    shows: "batch",
    what: "an entity twice",
    tool: "create_entities",
    args: { entities: [entity("Eve", "person", "a", "a"), entity("Eve", "person", "b")] },
    ours: ({ structured }) =>
      expect(structured).toEqual({ entities: [entity("Eve", "person", "a", "b")] }),
    theirs: creates(2),
  },
  {
    shows: "batch",
    what: "a relation twice",
    tool: "create_relations",
    args: {
      relations: [relation("Alice", "knows", "Bob"), relation("Alice", "knows", "Bob")],
    },
    ours: creates(1),
    theirs: creates(2),
  },
  {
    shows: "notes",
    what: "an entity that exists",
    tool: "create_entities",
    args: { entities: [entity("Alice", "robot"), entity("Frank")] },
    ours: notes('Existed already and stayed as it was: "Alice".'),
    theirs: silent,
  },
  {
    shows: "notes",
    what: "a relation that exists",
    tool: "create_relations",
    args: { relations: [relation("Bob", "owns", "Acme")] },
    ours: notes("Existed already: 1 of 1."),
    theirs: silent,
  },
  {
    shows: "notes",
    what: "an observation that is known",
    tool: "add_observations",
    args: { observations: [{ entityName: "Bob", contents: ["plays the cello", "is tall"] }] },
    ours: notes("Known already: 1 of 2."),
    theirs: silent,
  },
  {
    shows: "notes",
    what: "an entity that is not there",
    tool: "delete_entities",
    args: { entityNames: ["Nobody"] },
    ours: notes('There was no: "Nobody".'),
    theirs: silent,
  },
  {
    shows: "notes",
    what: "an observation that is not there",
    tool: "delete_observations",
    args: { deletions: [{ entityName: "Bob", observations: ["is small"] }] },
    ours: notes("Nothing of it was there."),
    theirs: silent,
  },
  {
    shows: "notes",
    what: "a relation that is not there",
    tool: "delete_relations",
    args: { relations: [relation("Bob", "hates", "Acme"), relation("Bob", "owns", "Acme")] },
    ours: notes("Only 1 of the 2 were there."),
    theirs: silent,
  },
  {
    shows: "notes",
    what: "a name that is not there",
    tool: "open_nodes",
    args: { names: ["Bob", "Nobody"] },
    ours: notes('There is no: "Nobody".'),
    theirs: silent,
  },
  {
    shows: "search",
    what: "words apart from each other",
    tool: "search_nodes",
    args: { query: "alice mountains" },
    ours: finds("Alice"),
    theirs: finds(),
  },
  {
    shows: "search",
    what: "another form of a word",
    tool: "search_nodes",
    args: { query: "hikes" },
    ours: finds("Alice"),
    theirs: finds(),
  },
  {
    shows: "search",
    what: "a misspelling",
    tool: "search_nodes",
    args: { query: "anvlis" },
    ours: finds("Acme"),
    theirs: finds(),
  },
  {
    shows: "search",
    what: "a piece inside of a word",
    tool: "search_nodes",
    args: { query: "ountain" },
    ours: (answer) => expect(answer.isError).toBe(false),
    theirs: finds("Alice"),
  },
  {
    shows: "ranked",
    what: "a name before a mention",
    tool: "search_nodes",
    args: { query: "Lyra" },
    ours: finds("Lyra", "Mention"),
    theirs: finds("Mention", "Lyra"),
  },
  {
    shows: "emptyQuery",
    what: "blanks",
    tool: "search_nodes",
    args: { query: "" },
    ours: fails("graph_summary"),
    theirs: silent,
  },
  {
    shows: "paged",
    what: "200 kB of entities",
    tool: "read_graph",
    args: {},
    ours: (answer) => {
      expect((answer.blocks[0] as string).length).toBeLessThan(100_000);
      expect(answer.blocks[1]).toMatch(/go on with cursor: "entities:/);
    },
    theirs: (answer) => expect((answer.blocks[0] as string).length).toBeGreaterThan(200_000),
  },
  {
    shows: "halfCharacter",
    what: "half of a pair",
    tool: "create_entities",
    args: { entities: [entity("half", "x", "\ud83d")] },
    ours: fails("surrogate"),
    theirs: silent,
  },
  {
    shows: "halfCharacter",
    what: "NUL",
    tool: "create_entities",
    args: { entities: [entity("a\0b")] },
    ours: fails("NUL"),
    theirs: silent,
  },
  {
    shows: "errors",
    what: "an unknown entity",
    tool: "add_observations",
    args: { observations: [{ entityName: "Nobody", contents: ["x"] }] },
    ours: fails(/"Nobody".*create/),
    theirs: fails("Entity with name Nobody not found"),
  },
];

describe("unlike the official server, as intended", () => {
  beforeEach(async () => {
    await openBoth();
    onTestFinished(closeBoth);
  });

  test.each(cases)("$shows: $tool, $what", async (one) => {
    await Promise.all([createSample(ours), createSample(theirs)]);
    const more = {
      entities: [
        entity("Mention", "note", "Lyra is a constellation"),
        entity("Lyra", "person"),
        ...(one.shows === "paged" ? large : []),
      ],
    };
    await Promise.all([ours, theirs].map((client) => client.callTool("create_entities", more)));
    const [our, their] = await bothAnswer(one.tool, one.args);
    one.ours(our);
    one.theirs(their);
  });

  test("concurrent: 50 entities created at once are 50 entities", async () => {
    const create = (client: Client) =>
      Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          client.callTool("create_entities", { entities: [entity(`e${at}`)] }),
        ),
      );
    await Promise.all([create(ours), create(theirs)]);
    const counted = async (client: Client) => {
      const result = await client.callTool("read_graph", {});
      return (JSON.parse(textOf(result)) as { entities: unknown[] }).entities.length;
    };
    expect(await counted(ours)).toBe(50);
    expect(await counted(theirs)).toBeLessThan(50);
  });

  test("each difference that is documented is shown", () => {
    const shown = new Set<Difference>([...cases.map(({ shows }) => shows), "concurrent"]);
    expect([...shown].sort()).toEqual(Object.keys(differences).sort());
  });
});

const large = Array.from({ length: 200 }, (_, at) =>
  entity(`large ${at}`, "thing", "x".repeat(1_000)),
);
