import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { windowsCommand } from "./windows-command.ts";

const env = {
  Path: "C:\\node;C:\\Program Files\\tools\\",
  PATHEXT: ".COM;.EXE;.BAT;.CMD",
  ComSpec: "C:\\Windows\\System32\\cmd.exe",
};
const files = (...paths: string[]) => {
  const known = new Set(paths.map((path) => path.toLowerCase()));
  return (path: string) => known.has(path.toLowerCase());
};
const npx = files("C:\\node\\npx", "C:\\node\\npx.cmd");

describe("a command on Windows", () => {
  test("that is a program is started directly with its arguments as they are", () => {
    const args = ["a b", '"', "%PATH%"];
    expect(windowsCommand("node", args, env, files("C:\\node\\node.exe"))).toEqual({
      file: "C:\\node\\node.EXE",
      args,
      verbatim: false,
    });
  });

  test("that nobody finds is left to fail with its own name", () => {
    expect(windowsCommand("missing", [], env, files()).file).toBe("missing");
  });

  test("that is a batch file goes through cmd with every argument quoted", () => {
    expect(windowsCommand("npx", ["-y", "@portico/server", "C:\\my dir\\"], env, npx)).toEqual({
      file: "C:\\Windows\\System32\\cmd.exe",
      args: [
        "/e:ON",
        "/v:OFF",
        "/d",
        "/c",
        '""C:\\node\\npx.CMD" "-y" "@portico/server" "C:\\my dir\\\\""',
      ],
      verbatim: true,
    });
  });

  test("is found in a folder whose name ends with a separator, and by a path", () => {
    const exists = files("C:\\Program Files\\tools\\run.bat", "D:\\x\\go.cmd");
    expect(windowsCommand("run", [], env, exists).args[4]).toBe(
      '""C:\\Program Files\\tools\\run.BAT""',
    );
    expect(windowsCommand("D:\\x\\go.cmd", [], env, exists).args[4]).toBe('""D:\\x\\go.cmd""');
  });

  test.each(["a\nb", "a\rb", "a\0b"])("refuses %j for a batch file", (argument) => {
    expect(() => windowsCommand("npx", [argument], env, npx)).toThrow("Windows cannot pass it");
  });

  test("gives a batch file's program each argument as it was, with nothing for cmd to act on", () => {
    const character = fc.constantFrom('"', "\\", "%", "&", "|", "^", "<", ">", "!", " ", "a", "é");
    const argument = fc.string({ unit: character, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 4 }), (args) => {
        const line = windowsCommand("npx", args, env, npx).args[4]!.slice(1, -1);
        expect(unquotedByCmd(line)).not.toMatch(/[&|<>^]/);
        expect(splitLikeProgram(expandLikeCmd(line)).slice(1)).toEqual(args);
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });
});

/** The part of a command line that cmd reads outside quotes, where operators act. */
function unquotedByCmd(line: string): string {
  return line
    .split('"')
    .filter((_, index) => index % 2 === 0)
    .join("");
}

/** What cmd makes of percent signs on a command line: `%cd:~,%` is empty, a lone one stays. */
function expandLikeCmd(line: string): string {
  expect(line.replaceAll("%%cd:~,%", "")).not.toContain("%");
  return line.replaceAll("%%cd:~,%", "%");
}

/** Splits a command line as the C runtime of Windows programs does. */
function splitLikeProgram(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let index = 0; index < line.length; index++) {
    const slashes = /^\\*/.exec(line.slice(index))![0].length;
    if (slashes > 0 && line[index + slashes] === '"') {
      word = (word ?? "") + "\\".repeat(Math.floor(slashes / 2));
      index += slashes - 1;
      if (slashes % 2 === 1) word += line[++index];
    } else if (line[index] === '"') {
      word ??= "";
      if (quoted && line[index + 1] === '"') word += line[++index];
      else quoted = !quoted;
    } else if (line[index] === " " && !quoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + line[index];
  }
  return word === undefined ? words : [...words, word];
}
