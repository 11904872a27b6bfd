import fs from "node:fs";
import path from "node:path";
import { REVISIONS } from "@portico/core";
import { accept, cancel, decline } from "@portico/core/testing";
import { call, refusal, scratch, structured } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { clientOn } from "./support/servers.ts";

const get = (dir: string, name: string) => fs.readFileSync(path.join(dir, name), "utf8");

describe.each(REVISIONS)("writing with revision %s", (revision) => {
  test("every change can be undone, newest first", async () => {
    const dir = scratch({ "a.txt": "one\n", "d/x": "x" });
    const client = await clientOn([dir], { revision, yes: true });
    await call(client, "write_file", { path: "a.txt", content: "two\n" });
    await call(client, "append_file", { path: "a.txt", content: "three\n" });
    await call(client, "copy_file", { source: "d", destination: "e" });
    await call(client, "move_file", { source: "a.txt", destination: "b.txt" });
    await call(client, "delete_file", { path: "d", recursive: true });
    expect(fs.readdirSync(dir).sort()).toEqual(["b.txt", "e"]);
    expect((await call(client, "list_changes")).split("\n")).toHaveLength(5);
    for (let left = 5; left > 0; left--) await call(client, "undo_change");
    expect(await call(client, "list_changes")).toBe("No changes yet");
    expect(fs.readdirSync(dir).sort()).toEqual(["a.txt", "d"]);
    expect(get(dir, "a.txt")).toBe("one\n");
    expect(get(dir, "d/x")).toBe("x");
  });

  test("undoing is refused when somebody else changed the file since", async () => {
    const dir = scratch({ "a.txt": "one" });
    const client = await clientOn([dir], { revision });
    await call(client, "write_file", { path: "a.txt", content: "two" });
    fs.writeFileSync(path.join(dir, "a.txt"), "theirs");
    expect(await refusal(client, "undo_change")).toMatch(/changed/);
    expect(get(dir, "a.txt")).toBe("theirs");
  });
});

const withForms = REVISIONS.filter((revision) => !["2024-11-05", "2025-03-26"].includes(revision));

describe.each(withForms)("deleting with revision %s", (revision) => {
  test("happens once the user agrees to a question that names the file", async () => {
    const dir = scratch({ "a.txt": "one" });
    let asked = "";
    const answer = ({ message }: { message?: string }) => {
      asked = message ?? "";
      return accept();
    };
    const client = await clientOn([dir], { revision, answers: { delete: answer, roots: [] } });
    await call(client, "delete_file", { path: "a.txt" });
    expect(asked).toBe(`Delete ${dir}/a.txt?`);
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  test.each([
    ["declines", decline()],
    ["closes the question", cancel()],
  ])("does not happen when the user %s", async (_, answer) => {
    const dir = scratch({ "a.txt": "one" });
    const client = await clientOn([dir], { revision, answers: { delete: answer, roots: [] } });
    expect(await refusal(client, "delete_file", { path: "a.txt" })).toBe(
      "The user did not agree; nothing was deleted.",
    );
    expect(fs.readdirSync(dir)).toEqual(["a.txt"]);
  });
});

describe("deleting", () => {
  test.each([
    ["does not exist", { path: "no" }, /does not exist/],
    ["is full and not meant to be emptied", { path: "d" }, /set recursive/],
    ["is an allowed directory itself", { path: ".", recursive: true }, /allowed directory/],
  ])("what %s is refused without troubling the user", async (_, args, reason) => {
    const dir = scratch({ "d/a": "" });
    let asked = 0;
    const answer = () => {
      asked++;
      return accept();
    };
    const client = await clientOn([dir], { answers: { delete: answer, roots: [] } });
    expect(await refusal(client, "delete_file", args)).toMatch(reason);
    expect(asked).toBe(0);
    expect(fs.existsSync(path.join(dir, "d/a"))).toBe(true);
  });

  test.each(REVISIONS)("is refused on %s when the client cannot ask", async (revision) => {
    const dir = scratch({ "a.txt": "one" });
    const client = await clientOn([dir], { revision });
    expect(await refusal(client, "delete_file", { path: "a.txt" })).toMatch(/--yes/);
    expect(fs.readdirSync(dir)).toEqual(["a.txt"]);
  });

  test("a directory that is not empty needs recursive", async () => {
    const dir = scratch({ "d/a": "" });
    const client = await clientOn([dir], { yes: true });
    expect(await refusal(client, "delete_file", { path: "d" })).toMatch(/not empty/);
    expect(await call(client, "delete_file", { path: "d", recursive: true })).toBe(
      "Successfully deleted d (2 entries)",
    );
  });
});

describe("a file stays what it is", () => {
  const marked = Buffer.from("\uFEFFa\r\nb\r\n", "utf16le");

  test.each([
    ["UTF-16 with its mark and CRLF", marked, Buffer.from("\uFEFFa\r\nc\r\n", "utf16le")],
    ["UTF-8 with its mark", Buffer.from("\uFEFFb\n"), Buffer.from("\uFEFFc\n")],
    ["CRLF", Buffer.from("a\r\nb\r\n"), Buffer.from("a\r\nc\r\n")],
    ["mixed line ends", Buffer.from("a\r\nb\nz\r\n"), Buffer.from("a\r\nc\nz\r\n")],
  ])("when it is edited: %s", async (_, before, after) => {
    const dir = scratch({ f: before });
    fs.chmodSync(path.join(dir, "f"), 0o640);
    const client = await clientOn([dir]);
    await call(client, "edit_file", { path: "f", edits: [{ oldText: "b", newText: "c" }] });
    expect(fs.readFileSync(path.join(dir, "f"))).toEqual(after);
    expect(fs.statSync(path.join(dir, "f")).mode & 0o777).toBe(0o640);
  });

  test("when text is added: in its own encoding", async () => {
    const dir = scratch({ f: marked });
    const client = await clientOn([dir]);
    await call(client, "append_file", { path: "f", content: "ü" });
    expect(fs.readFileSync(path.join(dir, "f"))).toEqual(
      Buffer.concat([marked, Buffer.from("ü", "utf16le")]),
    );
    fs.writeFileSync(path.join(dir, "binary"), Buffer.from([0, 1, 2]));
    expect(await refusal(client, "append_file", { path: "binary", content: "x" })).toMatch(
      /binary/,
    );
  });
});

describe("editing", () => {
  const edit = (oldText: string, newText: string, more: object = {}) => ({
    path: "f",
    edits: [{ oldText, newText, ...more }],
  });

  test("changes every match on request, and only as many as expected", async () => {
    const dir = scratch({ f: "x x x" });
    const client = await clientOn([dir]);
    const two = edit("x", "y", { expectedOccurrences: 2 });
    expect(await refusal(client, "edit_file", two)).toMatch(/expected 2 occurrences but found 3/);
    await call(client, "edit_file", edit("x", "y", { replaceAll: true }));
    expect(get(dir, "f")).toBe("y y y");
  });

  test("shows the nearest lines when nothing matches", async () => {
    const client = await clientOn([scratch({ f: "function total(a, b) {\n  return a + b;\n}\n" })]);
    expect(await refusal(client, "edit_file", edit("return a - b;", ""))).toMatch(
      /closest is at line 2/,
    );
  });

  test("only shows what would change on a dry run", async () => {
    const dir = scratch({ f: "x" });
    const client = await clientOn([dir]);
    const diff = await call(client, "edit_file", { ...edit("x", "y"), dryRun: true });
    expect(diff).toContain("+y");
    expect(get(dir, "f")).toBe("x");
  });

  test("a diff that is too long is cut, and the edit is whole", async () => {
    const dir = scratch({ f: Array.from({ length: 40_000 }, (_, at) => `x ${at}`).join("\n") });
    const client = await clientOn([dir]);
    const { content } = await structured(
      client,
      "edit_file",
      edit("x", "yy", { replaceAll: true }),
    );
    expect(Buffer.byteLength(content as string)).toBeLessThan(401_000);
    expect(get(dir, "f")).not.toContain("x");
  });
});
