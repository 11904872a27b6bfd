import fc from "fast-check";
import { expect, test } from "vitest";
import { FORMATS } from "../../src/transfer/format.ts";
import { anyGraph, read, written } from "./support.ts";

test.each(FORMATS)("what is written as %s is read back, to the character", async (format) => {
  await fc.assert(
    fc.asyncProperty(anyGraph, async (graph) => {
      const { text } = await written(format, graph);
      expect((await read(format, text)).records).toEqual(graph);
    }),
    { seed: 41, numRuns: 400 },
  );
});

test.each(FORMATS)("%s is read the same whatever pieces it comes in", async (format) => {
  await fc.assert(
    fc.asyncProperty(anyGraph, fc.integer({ min: 1, max: 50 }), async (graph, size) => {
      const { text } = await written(format, graph);
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
        text.slice(at * size, (at + 1) * size),
      );
      expect((await read(format, ...pieces)).records).toEqual(graph);
    }),
    { seed: 42, numRuns: 200 },
  );
});

test.each(FORMATS)("%s of an empty graph is read as an empty one", async (format) => {
  const { text, said } = await written(format, []);
  expect(await read(format, text)).toEqual({ records: [], said: [] });
  expect(said).toEqual([]);
});
