import { expect, test } from "vitest";
import { declares } from "./capabilities.ts";

test("an object or true declares a capability; false and nothing do not", () => {
  const server = { tools: {}, resources: { subscribe: true, listChanged: false } };
  expect(declares(server, "tools")).toBe(true);
  expect(declares(server, "resources.subscribe")).toBe(true);
  expect(declares(server, "resources.listChanged")).toBe(false);
  expect(declares(server, "prompts")).toBe(false);
  expect(declares(server, "prompts.listChanged")).toBe(false);
});

test("what every object inherits declares nothing", () => {
  expect(declares({}, "constructor" as never)).toBe(false);
});
