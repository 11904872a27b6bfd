import { expect, test } from "vitest";
import { Left } from "./left.ts";

const entity = (fields: object) =>
  JSON.stringify({ type: "entity", name: "a", entityType: "t", observations: [], ...fields });

function told(...lines: string[]): string | undefined {
  const left = new Left();
  left.note({ kind: "entity", name: "a", entityType: "t", observations: [] });
  for (const line of lines) left.note({ kind: "foreign", line });
  return left.sentence;
}

test("says nothing where everything became part of the graph", () => {
  expect(told()).toBeUndefined();
});

test.each([
  [
    entity({ name: "n".repeat(1001) }),
    "the name of an entity has 1001 characters; shorten it to 1000",
  ],
  [
    entity({ observations: ["\ud800"] }),
    "the observation contains half of a surrogate pair; remove it",
  ],
  [entity({ name: " " }), "the name of an entity is empty; give it one"],
  [entity({ name: 1 }), "name and entityType must be texts, observations a list of texts"],
  ['{"type":"relation","from":"a"}', "from, to and relationType must be texts"],
  ['{"type":"note"}', "neither entity nor relation"],
  ['{"type":"entity","na', "no JSON"],
])("says of %s why it is left as it is", (line, why) => {
  const shown = line.length > 60 ? `${line.slice(0, 60)}…` : line;
  expect(told(line)).toBe(
    `Left as it is, seen only in exports, which give it out again: 1 record, ${shown} (${why}).`,
  );
});

test("shows one record for each reason, and counts all", () => {
  const notes = Array.from({ length: 5 }, (_, at) => `{"type":"note","at":${at}}`);
  expect(told(...notes, "{torn", "{worn")).toBe(
    'Left as they are, seen only in exports, which give them out again: 7 records, as {"type":"note","at":0} (neither entity nor relation); {torn (no JSON).',
  );
});
