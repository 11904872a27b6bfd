import { expect, test } from "vitest";
import { resolveUri, splitFragment } from "./uri.ts";

// RFC 3986 sections 5.4.1 and 5.4.2, fragments aside.
test.each([
  ["g:h", "g:h"],
  ["g", "http://a/b/c/g"],
  ["./g", "http://a/b/c/g"],
  ["g/", "http://a/b/c/g/"],
  ["/g", "http://a/g"],
  ["//g", "http://g"],
  ["?y", "http://a/b/c/d;p?y"],
  ["g?y", "http://a/b/c/g?y"],
  [";x", "http://a/b/c/;x"],
  ["", "http://a/b/c/d;p?q"],
  [".", "http://a/b/c/"],
  ["./", "http://a/b/c/"],
  ["..", "http://a/b/"],
  ["../g", "http://a/b/g"],
  ["../..", "http://a/"],
  ["../../g", "http://a/g"],
  ["../../../g", "http://a/g"],
  ["/./g", "http://a/g"],
  ["/../g", "http://a/g"],
  ["g.", "http://a/b/c/g."],
  ["..g", "http://a/b/c/..g"],
  ["./g/.", "http://a/b/c/g/"],
  ["g/../h", "http://a/b/c/h"],
  ["g?y/../x", "http://a/b/c/g?y/../x"],
])("%j resolves to %s", (reference, uri) => {
  expect(resolveUri("http://a/b/c/d;p?q", reference)).toBe(uri);
});

test("an empty base and a URN leave a reference as it is", () => {
  expect(resolveUri("", "a/b.json")).toBe("a/b.json");
  expect(resolveUri("urn:uuid:1", "urn:uuid:2")).toBe("urn:uuid:2");
  expect(resolveUri("urn:uuid:1", "")).toBe("urn:uuid:1");
});

test("a fragment starts at the first #", () => {
  expect(splitFragment("a#b#c")).toEqual(["a", "b#c"]);
  expect(splitFragment("a")).toEqual(["a", ""]);
});
