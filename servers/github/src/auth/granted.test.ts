import { expect, test } from "vitest";
import { Granted } from "./granted.ts";

test("a tool lacks its scope once every known token does, and what scopes imply counts", () => {
  const granted = new Granted();
  expect(granted.lacks(["gist"])).toBe(false);
  granted.learn("a", "repo, admin:org");
  expect(granted.lacks(["gist"])).toBe(true);
  expect(granted.lacks([])).toBe(false);
  expect(granted.lacks(["security_events"])).toBe(false);
  expect(granted.lacks(["read:org", "gist"])).toBe(false);
  granted.learn("b", "gist");
  expect(granted.lacks(["gist"])).toBe(false);
  expect(granted.lacks(["notifications"])).toBe(true);
});

test("a token whose rights are not told lacks nothing", () => {
  const granted = new Granted();
  granted.learn("a", "gist");
  granted.learn("b", null);
  expect(granted.lacks(["repo"])).toBe(false);
});

test("only what is new is told, and an answer without the header takes nothing back", () => {
  let told = 0;
  const granted = new Granted(() => void told++);
  granted.learn("a", "repo");
  granted.learn("a", "repo");
  granted.learn("a", null);
  expect([told, granted.lacks(["gist"])]).toEqual([1, true]);
  granted.learn("a", "repo, gist");
  expect([told, granted.lacks(["gist"])]).toEqual([2, false]);
});
