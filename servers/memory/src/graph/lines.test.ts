import { expect, test } from "vitest";
import { linesIn, type Marked, merged, withFields, withLine } from "./lines.ts";

const thing: Marked = { entityType: "thing", tags: ["t"], importance: 0.5, extra: { x: 1 } };

test("an entity stays itself where a line says nothing new", () => {
  expect(withLine(thing, { entityType: "thing" })).toBe(thing);
  expect(withLine(thing, { entityType: "thing", tags: ["t"], extra: { x: 1 } })).toBe(thing);
  expect(merged(thing, { ...thing, extra: { x: 2 } })).toBe(thing);
});

test("an entity gets what it lacks of a line, and keeps a line whole that contradicts", () => {
  const more = withLine(thing, {
    entityType: "thing",
    tags: ["u"],
    importance: 0.9,
    extra: { y: 2 },
  });
  expect(more).toEqual({ ...thing, tags: ["t", "u"], importance: 0.9, extra: { x: 1, y: 2 } });
  const line = { entityType: "robot", tags: ["v"], extra: { x: 1 } };
  const beside = withLine(more, line);
  const kept = { entityType: "robot", x: 1, tags: ["v"] };
  expect(beside).toEqual({ ...more, extra: [{ x: 1, y: 2 }, kept] });
  expect(withLine(beside, line)).toBe(beside);
});

test("a list of tags that would be too long, or is none of ours, is kept beside", () => {
  const tags = Array.from({ length: 100 }, (_, at) => `tag ${at}`);
  expect(withLine(thing, { entityType: "thing", tags }).tags).toEqual(["t"]);
  const odd = withLine(thing, { entityType: "thing", extra: { tags: [] } });
  expect(linesIn(odd.extra)).toEqual([{ x: 1 }, { entityType: "thing", tags: [] }]);
});

test("a relation gets the fields it lacks, and keeps those beside that contradict", () => {
  expect(withFields(undefined, {})).toBeUndefined();
  expect(withFields({ x: 1 }, { y: 2 })).toEqual({ x: 1, y: 2 });
  const both = withFields({ x: 1 }, { x: 2, y: 2 });
  expect(both).toEqual([{ x: 1 }, { x: 2, y: 2 }]);
  expect(withFields(both, { x: 2, y: 2 })).toBe(both);
});

test("the target of a merge keeps an importance of others, too", () => {
  const judged = { ...thing, extra: { importance: "high" } };
  expect(merged(judged, { ...thing, importance: 0.9 })).toMatchObject({ importance: 0.5 });
  expect(merged(thing, { ...thing, importance: 0.9 })).toMatchObject({ importance: 0.9 });
});
