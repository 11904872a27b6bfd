import { parseArgs } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asksFor, type Grammar, parseArguments } from "./arguments.ts";
import { ConfigError } from "./config-error.ts";
import type { OptionSpec } from "./options.ts";

const OPTIONS: Record<string, OptionSpec> = {
  "read-only": { type: "boolean", description: "" },
  "log-level": { type: "string", choices: ["info", "debug"], description: "" },
  tools: { type: "list", description: "" },
};
const grammar: Grammar = {
  options: new Map(Object.entries(OPTIONS)),
  positionals: {
    name: "dir",
    type: "path",
    variadic: true,
    description: "",
    example: "/path",
  },
};

function parse(...argv: string[]) {
  const { flags, positionals } = parseArguments(argv, grammar);
  const texts = [...flags].map(([name, given]) => [name, given.map(({ text }) => text)]);
  return { flags: Object.fromEntries(texts), positionals: positionals.map(({ text }) => text) };
}

function errorOf(...argv: string[]): ConfigError {
  try {
    parseArguments(argv, grammar);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error("It was accepted.");
}

describe("parseArguments", () => {
  it("takes a value after the flag or after an equals sign", () => {
    expect(parse("--log-level", "info", "--tools=a=b").flags).toEqual({
      "log-level": ["info"],
      tools: ["a=b"],
    });
  });

  it("keeps every repetition of a flag, in order", () => {
    expect(parse("--tools", "a", "--tools=b").flags.tools).toEqual(["a", "b"]);
  });

  it("turns a switch on, off, and to what is written out", () => {
    const given = parse("--read-only", "--no-read-only", "--read-only=false").flags["read-only"];
    expect(given).toEqual(["true", "false", "false"]);
  });

  it("takes everything after two dashes as positionals", () => {
    expect(parse("a", "--", "--read-only", "-", "--")).toEqual({
      flags: {},
      positionals: ["a", "--read-only", "-", "--"],
    });
  });

  it("does not take the next flag for a forgotten value", () => {
    const error = errorOf("--log-level", "--read-only");
    expect(error.message).toBe("--log-level needs a value.");
    expect(error.correction).toEqual({ argv: ["--log-level=info", "--read-only"] });
  });

  it("points from a misspelt flag to the one that was meant", () => {
    const error = errorOf("--readonly", "/data");
    expect(error.message).toBe("There is no flag --readonly; did you mean --read-only?");
    expect(error.correction).toEqual({ argv: ["--read-only", "/data"] });
  });

  it("keeps the value of a misspelt flag", () => {
    expect(errorOf("--loglevel=debug").correction).toEqual({ argv: ["--log-level=debug"] });
  });

  it("refuses a name that every object has", () => {
    expect(errorOf("--constructor").message).toContain("There is no flag --constructor");
    expect(errorOf("--__proto__=1").message).toContain("There is no flag --__proto__");
  });

  it("refuses positionals where none or one is expected", () => {
    const none = { options: grammar.options, positionals: undefined };
    expect(() => parseArguments(["a"], none)).toThrow('The argument "a" is one too many');
    const one = { ...none, positionals: { ...grammar.positionals!, variadic: false } };
    expect(() => parseArguments(["a", "b"], one)).toThrow(
      '"b" is one too many: it takes only one DIR',
    );
  });

  it("agrees with util.parseArgs on every command line it accepts", () => {
    const word = fc.constantFrom(
      "--read-only",
      "--no-read-only",
      "--log-level",
      "--tools",
      "info",
      "-",
      "--",
      "a b",
      "",
    );
    const inline = fc.constantFrom(
      "--tools=a,b",
      "--log-level=x=y",
      "--tools=--",
      "--log-level=\n",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, inline), { maxLength: 8 }), (argv) => {
        let ours: ReturnType<typeof parse>;
        try {
          ours = parse(...argv);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
          return;
        }
        expect(ours).toEqual(reference(argv));
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });
});

/** The same command line as Node's own parser sees it. */
function reference(argv: string[]) {
  const { values, positionals } = parseArgs({
    args: argv,
    options: {
      "read-only": { type: "boolean", multiple: true },
      "log-level": { type: "string", multiple: true },
      tools: { type: "string", multiple: true },
    },
    allowPositionals: true,
    allowNegative: true,
    strict: false,
  });
  const flags = Object.entries(values).map(([name, given]) => [
    name,
    (given as unknown[]).map(String),
  ]);
  return { flags: Object.fromEntries(flags), positionals };
}

describe("asksFor", () => {
  it("finds help and version wherever they stand among the flags", () => {
    expect(asksFor(["--unknown", "-h"])).toBe("help");
    expect(asksFor(["--version", "--help"])).toBe("help");
    expect(asksFor(["/data", "--version"])).toBe("version");
  });

  it("leaves what follows two dashes to the server", () => {
    expect(asksFor(["--", "--help", "--version"])).toBeUndefined();
  });
});
