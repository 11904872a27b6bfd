import { expect, test } from "vitest";
import { nodeSessionId } from "./node-session-id.ts";

test("gives as many ids as it is asked for, in what a header may hold", () => {
  const ids = Array.from({ length: 1_000 }, nodeSessionId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\da-f-]{32,36}$/);
});
