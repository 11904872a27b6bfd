import { expect, test } from "vitest";
import { type Side, shortestPath } from "./shortest-path.ts";

/** Steps in a graph of pairs, of which each entity follows at most `most`. */
function widenIn(pairs: readonly string[], most: number) {
  return async (side: Side<string>, other: Side<string>) => {
    const frontier: string[] = [];
    for (const from of side.frontier) {
      const met = pairs.filter((pair) => pair.includes(from));
      side.isCut ||= met.length > most;
      for (const pair of met.slice(0, most)) {
        const to = pair.replace(from, "");
        if (side.reached.has(to)) continue;
        side.reached.set(to, { from, by: { from, to, relationType: "to" } });
        if (other.reached.has(to)) return to;
        frontier.push(to);
      }
    }
    side.frontier = frontier;
    return undefined;
  };
}

async function find(pairs: string, most: number, depth = 6) {
  const widen = widenIn(pairs.split(" "), most);
  const { relations, cut } = await shortestPath({ from: "a", to: "z", depth }, widen);
  return { length: relations?.length, cut };
}

test("a path that was found is the shortest, as far as steps were made in full", async () => {
  expect(await find("ab bc cz", 9)).toEqual({ length: 3, cut: false });
  expect(await find("ab ac ad dz bx xz", 9)).toEqual({ length: 2, cut: false });
});

test("what is crowded is met from the other end", async () => {
  expect(await find("ab ac ad az", 3)).toEqual({ length: 1, cut: false });
  expect(await find("ab ac ad ae ez", 3)).toEqual({ length: 2, cut: false });
});

test("a path past what was left out may not be the shortest", async () => {
  expect(await find("ab ac by yz zx zw ak kz", 2)).toEqual({ length: 3, cut: true });
});

test("nothing is found for certain only where nothing was left out, or one end is known in full", async () => {
  expect(await find("ab bc yz", 9)).toEqual({ length: undefined, cut: false });
  expect(await find("ab bc cd dz", 9, 3)).toEqual({ length: undefined, cut: false });
  expect(await find("ab ac ad yz", 2)).toEqual({ length: undefined, cut: false });
  expect(await find("ab ac ad az", 3, 1)).toEqual({ length: undefined, cut: true });
  expect(await find("ab ac ad ak zv zw zx zk", 2)).toMatchObject({ length: undefined, cut: true });
});
