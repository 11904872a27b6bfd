import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "./edit.ts";

const edit = (text: string, oldText: string, newText: string) =>
  applyEdits(text, [{ oldText, newText }]).text;

const withoutLoneReturns = (text: string) => text.replace(/\r(?!\n)/g, "");

describe("matching", () => {
  test("edits apply in order, each to the result of the one before", () => {
    const result = applyEdits("a b\n", [
      { oldText: "a", newText: "x y" },
      { oldText: "y b", newText: "done" },
    ]);
    expect(result).toEqual({ text: "x done\n", counts: [1, 1] });
  });

  test("an exact match wins over one that ignores indentation", () => {
    expect(edit("  foo()\nfoo()", "foo()\nfoo()", "bar()")).toBe("  bar()");
    expect(edit("  a\n  b\na\nb\n", "a\nb\n", "c\n")).toBe("  a\n  b\nc\n");
  });

  test("lines that differ in indentation match and the new text takes it over", () => {
    const text = "class A {\n    run() {\n        go();\n    }\n}\n";
    expect(edit(text, "run() {\n  go();\n}", "walk() {\n    stop();\n}")).toBe(
      "class A {\n    walk() {\n      stop();\n}\n}\n",
    );
  });

  test("a replacement pattern such as $& is plain text", () => {
    expect(edit("price\n", "price", "$& $1 $$")).toBe("$& $1 $$\n");
  });

  test("F4: two matches are refused with their line numbers, and nothing is changed", () => {
    expect(() => edit("x\ny\nx\n", "x", "z")).toThrow(
      "Edit 1 of 1 matches 2 places, at lines 1, 3; add lines around the right one to oldText, or set replaceAll.",
    );
    expect(() => edit("  x()\n y\n    x()\n", "\tx()", "z()")).toThrow(
      "matches 2 places, at lines 1, 3",
    );
  });

  test("F5: an empty oldText is refused", () => {
    expect(() => edit("abc", "", "z")).toThrow("Edit 1 of 1 has an empty oldText");
  });

  test("replaceAll changes every match and counts them", () => {
    const result = applyEdits("x x\n x\n", [{ oldText: "x", newText: "xx", replaceAll: true }]);
    expect(result).toEqual({ text: "xx xx\n xx\n", counts: [3] });
  });

  test("an expected count is met exactly or the edit is refused", () => {
    const edits = (expectedOccurrences: number) => [
      { oldText: "x", newText: "y", expectedOccurrences },
    ];
    expect(applyEdits("x x\n", edits(2))).toEqual({ text: "y y\n", counts: [2] });
    expect(() => applyEdits("x x\n", edits(3))).toThrow(
      "Edit 1 of 1 expected 3 occurrences but found 2, at lines 1, 1; nothing was changed.",
    );
  });

  test("a text that is not there is answered with the closest block", () => {
    const text = "import a\n\nfunction greet(name) {\n  return say(name);\n}\n";
    expect(() => edit(text, "function greet(who) {\n  return say(who);\n}", "")).toThrow(
      "Edit 1 of 1: the old text is not in the file. The closest is at lines 3 to 5; [-...-] is only in oldText, {+...+} only in the file:\n" +
        "  line 3: function greet([-who-]{+name+}) {\n" +
        "  line 4:   return say([-who-]{+name+});",
    );
    expect(() => edit("abc\n", "zzz qqq", "")).toThrow(/is not in the file\.$/);
  });

  test("indentation, which is forgiven, is not shown as a difference", () => {
    const text = "f() {\n    const a = 1;\n    return a + 1;\n}\n";
    expect(() => edit(text, "const a = 1;\nretrun a + 1;", "")).toThrow(
      /in the file:\n {2}line 3: ret\[-ru-\]\{\+ur\+\}n a \+ 1;$/,
    );
  });

  test("an edit that fails later leaves no trace of the earlier ones", () => {
    const edits = [
      { oldText: "a", newText: "b" },
      { oldText: "nowhere", newText: "" },
    ];
    expect(() => applyEdits("a\n", edits)).toThrow("Edit 2 of 2: the old text is not in the file.");
  });
});

describe("line endings", () => {
  test("F3: a CRLF file stays one, and new lines get its endings", () => {
    expect(edit("a\r\nb\r\nc\r\n", "b\n", "x\ny\n")).toBe("a\r\nx\r\ny\r\nc\r\n");
    expect(edit("a\r\nb", "b", "x\ny")).toBe("a\r\nx\r\ny");
    expect(edit("a\nb\n", "a\r\nb", "x\r\ny")).toBe("x\ny\n");
  });

  test("a file with both endings keeps each where it was", () => {
    expect(edit("a\r\nb\nc\r\nd\n", "a\nb\nc\nd", "a\nB\nc\nd")).toBe("a\r\nB\nc\r\nd\n");
    expect(edit("a\r\nb\nc\r\nd\n", "c", "c1\nc2")).toBe("a\r\nb\nc1\r\nc2\r\nd\n");
  });

  test("an edit changes nothing outside the text it names", () => {
    const piece = fc.constantFrom("a", "b", " ", "\t", "\r\n", "\n", "é", "😀", "\r", "\uFEFF");
    const text = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, text.map(withoutLoneReturns), (before, after, newText) => {
        const marker = "<the place>";
        const original = `${before}${marker}${after}`;
        const edited = edit(original, marker, newText);
        expect(edited.startsWith(before)).toBe(true);
        expect(edited.endsWith(after)).toBe(true);
        const inner = edited.slice(before.length, edited.length - after.length);
        expect(inner.replaceAll("\r\n", "\n")).toBe(newText.replaceAll("\r\n", "\n"));
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  test("replacing a run of lines by itself changes no byte, whatever the endings", () => {
    const line = fc.constantFrom("a\r\n", "b\n", "\n", "\r\n", "  c\r\n");
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (lines, a, b) => {
          const from = a % lines.length;
          const part = lines
            .slice(from, from + 1 + (b % lines.length))
            .join("")
            .replaceAll("\r\n", "\n");
          const text = lines.join("");
          expect(applyEdits(text, [{ oldText: part, newText: part, replaceAll: true }]).text).toBe(
            text,
          );
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });
});

describe("limits", () => {
  test("FS8: a thousand edits and a huge text that never matches stay within the time given", () => {
    const text = "line of text\n".repeat(200_000);
    const edits = Array.from({ length: 1000 }, () => ({
      oldText: " line of text\n line of texts",
      newText: "",
    }));
    expect(() => applyEdits(text, edits, 1)).toThrow(
      "Looking for the old text took too long; send fewer edits at once",
    );
  });
});
