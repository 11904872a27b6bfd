import fc from "fast-check";
import { expect, test } from "vitest";
import { covers, fillIn, mayCover, spellings } from "./authorise-patterns.ts";
import { beginningOf } from "./authorise-template.ts";

const runs = { seed: 11, numRuns: 1_000 };

/** Pieces of paths, as honest and as crafty clients spell them. */
const piece = fc.constantFrom(
  ...["a", "public", "secret", "..", ".", "...", "/", "\\", "%2f", "%5C", "%2e", "%2E%2E", "%252e"],
  ...["%25", "%2e.", "?", "#", ":", ";", " ", "é", "%C3%A9", "//", "*", "%2a", "%00", "%"],
);

/** Every way a lenient server might read a path, decoding once, twice or not at all. */
function readings(uri: string): string[] {
  const read = [uri];
  for (let times = 0; times < 6; times++) {
    try {
      read.push(decodeURIComponent(read.at(-1) ?? ""));
    } catch {
      break;
    }
  }
  return read.map((one) => new URL(one.replace(/[?#].*/s, "")).pathname);
}

test("a URI within what is granted stays there however often a server decodes and normalises it", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const uri = `file:///public/${pieces.join("")}`;
      if (spellings(uri) === undefined) return;
      for (const path of readings(uri)) expect(path.startsWith("/public/")).toBe(true);
    }),
    runs,
  );
});

test("an honest URI has spellings", () => {
  const word = fc.stringMatching(/^[\w-]+(\.[\w-]+)*$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const uri = `file:///${words.map(encodeURIComponent).join("/")}`;
      expect(spellings(uri)).toContain(uri);
    }),
    runs,
  );
});

test("what is filled in for one caller covers nothing of another's", () => {
  const id = fc.string({ unit: "binary", minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(id, id, fc.string(), (mine, other, rest) => {
      const [own] = fillIn(["t://{principal}/*"], { id: mine });
      const [theirs] = fillIn(["t://{principal}/*"], { id: other });
      const uri = `${theirs?.slice(0, -1)}${rest}`;
      const same = mine === other && mine.isWellFormed();
      expect(covers(own === undefined ? [] : [own], uri)).toBe(same);
    }),
    runs,
  );
});

test("a template is visible when one of its URIs is", () => {
  const value = fc.constantFrom("a", "b", "ab");
  fc.assert(
    fc.property(
      value,
      value,
      fc.constantFrom("x://a/*", "x://a/b", "x://*", "x://b*"),
      (one, two, pattern) => {
        const template = "x://{one}/{two}";
        const uri = `x://${one}/${two}`;
        expect(beginningOf(template, { one, two })).toEqual({ text: uri, whole: true });
        if (!covers([pattern], uri)) return;
        const settled: Record<string, string>[] = [{}, { one }];
        for (const known of settled) {
          expect(mayCover([pattern], beginningOf(template, known)?.text ?? "")).toBe(true);
        }
      },
    ),
    runs,
  );
});

test("what is no template begins nowhere", () => {
  expect(beginningOf("x://{")).toBeUndefined();
  expect(beginningOf("x://{a b}")).toBeUndefined();
});
