// What a tool works on is tested by itself: no server, no client, no protocol.
import { expect, test } from "vitest";
import { ShoppingList } from "./shopping-list.ts";

test("the same thing added twice is one line", () => {
  const list = new ShoppingList();
  list.add("milk", 1);
  expect(list.add("milk", 2)).toBe(3);
  list.add("eggs", 6);
  expect(list.lines()).toEqual(["3 milk", "6 eggs"]);
});

test("less than one piece is refused, and nothing changes", () => {
  const list = new ShoppingList();
  expect(() => list.add("milk", 0)).toThrow(RangeError);
  expect(list.lines()).toEqual([]);
});
