import type { Client } from "@portico/core";
import { textOf } from "@portico/testing-servers";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type Difference, differences } from "./support/differences.ts";
import { createSample, entity, relation } from "./support/graphs.ts";
import { type Answer, openPair, type Pair } from "./support/pair.ts";

// Every intended difference of the README, shown on the published official server.

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
  let both: Pair;

  beforeEach(async () => {
    both = await openPair();
    onTestFinished(() => both.close());
  });

  test.each(cases)("$shows: $tool, $what", async (one) => {
    await Promise.all([createSample(both.ours), createSample(both.theirs)]);
    const more = {
      entities: [
        entity("Mention", "note", "Lyra is a constellation"),
        entity("Lyra", "person"),
        ...(one.shows === "paged" ? large : []),
      ],
    };
    await Promise.all(
      [both.ours, both.theirs].map((client) => client.callTool("create_entities", more)),
    );
    const [our, their] = await both.answer(one.tool, one.args);
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
    await Promise.all([create(both.ours), create(both.theirs)]);
    const counted = async (client: Client) => {
      const result = await client.callTool("read_graph", {});
      return (JSON.parse(textOf(result)) as { entities: unknown[] }).entities.length;
    };
    expect(await counted(both.ours)).toBe(50);
    expect(await counted(both.theirs)).toBeLessThan(50);
  });

  test("each difference that is documented is shown", () => {
    const shown = new Set<Difference>([...cases.map(({ shows }) => shows), "concurrent"]);
    expect([...shown].sort()).toEqual(Object.keys(differences).sort());
  });
});

const large = Array.from({ length: 200 }, (_, at) =>
  entity(`large ${at}`, "thing", "x".repeat(1_000)),
);
