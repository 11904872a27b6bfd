import fc from "fast-check";
import { expect, test } from "vitest";
import { targetOf, uriOf } from "./uris.ts";

test("a file's URI leads back to it, whatever its account is called", () => {
  const id = fc.stringMatching(/^[\w-]{1,40}$/);
  const account = fc.string({ unit: "grapheme", minLength: 1 });
  const holds = fc.property(account, id, (name, file) => {
    expect(targetOf(uriOf({ account: name, id: file }))).toEqual({ account: name, id: file });
    expect(targetOf(uriOf({ id: file }))).toEqual({ id: file });
  });
  fc.assert(holds, { seed: 1 });
});

test("other URIs are nobody's", () => {
  for (const uri of [
    "gdrive:///",
    "gdrive:///a/b",
    "file:///a",
    "gdrive://%E0%A4%A/x",
    "gdrive:a",
  ]) {
    expect(targetOf(uri)).toBeUndefined();
  }
});
