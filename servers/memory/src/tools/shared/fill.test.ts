import fc from "fast-check";
import { expect, test } from "vitest";
import type { PageOf, Paging } from "../../graph/types.ts";
import { Budget, sizeOf } from "./budget.ts";
import { fill } from "./fill.ts";

/** A list whose positions only it understands. */
function listOf(all: readonly string[]) {
  return async ({ limit, after }: Paging): Promise<PageOf<string>> => {
    const from = after === undefined ? 0 : Number(after.slice(1));
    const end = from + limit;
    const items = all.slice(from, end);
    return end < all.length ? { items, next: `#${end}` } : { items };
  };
}

const show = (text: string) => text;

test("a list that fits is taken whole", async () => {
  const all = Array.from({ length: 450 }, (_, at) => String(at));
  const wanted = { list: listOf(all), show, limit: 1_000, budget: new Budget(1e6) };
  expect(await fill(wanted)).toEqual({ items: all });
});

test("the first entry is taken even when it is too large, shortened where it can be", async () => {
  const wanted = { list: listOf(["long long", "b"]), show, limit: 9 };
  expect(await fill({ ...wanted, budget: new Budget(1) })).toEqual({
    items: ["long long"],
    next: "#1",
  });
  const shorten = (text: string) => text.slice(0, 4);
  expect(await fill({ ...wanted, shorten, budget: new Budget(1) })).toEqual({
    items: ["long"],
    next: "#1",
  });
});

test("pages together are the list, whatever the limit and the budget", async () => {
  const lists = fc.array(fc.string({ maxLength: 40 }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      lists,
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 0, max: 400 }),
      async (all, limit, bytes) => {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const budget = new Budget(bytes);
          const page = await fill({ list: listOf(all), show, limit, after, budget });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          const size = page.items.reduce((sum, item) => sum + sizeOf(item), 0);
          if (page.items.length > 1) expect(size).toBeLessThanOrEqual(bytes);
          if (page.next !== undefined) expect(page.items).not.toHaveLength(0);
          seen.push(...page.items);
          after = page.next;
        } while (after !== undefined);
        expect(seen).toEqual(all);
      },
    ),
    { seed: 4 },
  );
});
