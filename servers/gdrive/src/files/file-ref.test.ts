import fc from "fast-check";
import { expect, test } from "vitest";
import { keyHeaders, parseFileRef } from "./file-ref.ts";

const id = "1AbC-def_123";

test.each([
  [id, { id }],
  [` ${id} `, { id }],
  [`${id}/0-key`, { id, resourceKey: "0-key" }],
  [`gdrive:///${id}`, { id }],
  [`https://docs.google.com/document/d/${id}/edit#heading=h.1`, { id }],
  [`https://drive.google.com/file/d/${id}/view?resourcekey=0-key`, { id, resourceKey: "0-key" }],
  [`https://drive.google.com/drive/u/0/folders/${id}`, { id }],
  [`https://drive.google.com/open?id=${id}`, { id }],
])("%s is a file", (text, ref) => {
  expect(parseFileRef(text)).toEqual(ref);
});

test.each([
  "",
  "..",
  "a/b/../c d",
  "https://evil.example/d/1AbC/edit",
  "https://docs.google.com/document/",
  "' or name contains '",
  "1AbC\r\nX-Evil: 1",
])("%j is none", (text) => {
  expect(() => parseFileRef(text)).toThrow("That is no id or address of a file");
});

test("whatever is read fits a path and a header", () => {
  const holds = fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
    try {
      const ref = parseFileRef(text);
      expect(encodeURIComponent(ref.id)).toBe(ref.id);
      expect(() => new Headers(keyHeaders(ref))).not.toThrow();
    } catch (error) {
      expect((error as Error).message).toContain("no id or address");
    }
  });
  fc.assert(holds, { seed: 1 });
});
