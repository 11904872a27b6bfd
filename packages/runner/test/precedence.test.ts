import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import type { OptionSpecs } from "../src/options.ts";
import type { Program } from "../src/program.ts";

const options = {
  name: { type: "string", default: "default", env: ["NAME_A", "NAME_B"], description: "" },
  limit: { type: "integer", default: 1, description: "" },
  fast: { type: "boolean", default: true, description: "" },
  kinds: { type: "list", default: ["default"], description: "" },
} as const satisfies OptionSpecs;

const program: Program<typeof options> = {
  name: "@portico/server-test",
  bin: "portico-test",
  version: "1.0.0",
  summary: "A test.",
  positionals: {
    name: "dir",
    type: "path",
    variadic: true,
    env: "ALLOWED_PATHS",
    description: "",
    example: "/path",
  },
  options,
  server: () => Promise.reject(new Error("Nothing is served here.")),
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portico-runner-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(argv: string[], environment: Record<string, string>, file: object) {
  const config = join(folder, "portico.json");
  await writeFile(config, JSON.stringify(file));
  const invocation = { command: "", argv: [`--config=${config}`, ...argv], located: new Map() };
  return readConfig(program, invocation, environment);
}

const text = fc.stringMatching(/^[a-z][a-z=/ .:-]{0,8}$/);
const texts = fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 3 });

/** How a value of one setting is written in each layer. */
const SETTINGS = {
  name: { value: text, flag: (value: unknown) => [`--name=${value}`] },
  limit: { value: fc.nat(), flag: (value: unknown) => ["--limit", `${value}`] },
  fast: { value: fc.boolean(), flag: (value: unknown) => [value ? "--fast" : "--no-fast"] },
  kinds: { value: texts, flag: (value: unknown) => ["--kinds", String(value)] },
} as const;

type Name = keyof typeof SETTINGS;

const scenario = fc.constantFrom<Name>("name", "limit", "fast", "kinds").chain((name) => {
  const layer = fc.option(SETTINGS[name].value as fc.Arbitrary<unknown>, { nil: undefined });
  return fc.record({ name: fc.constant(name), flag: layer, environment: layer, file: layer });
});

describe("precedence", () => {
  it("is flag, then environment, then configuration file, then default", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ name, flag, environment, file }) => {
        const settings = await read(
          flag === undefined ? [] : SETTINGS[name].flag(flag),
          environment === undefined
            ? {}
            : { [`PORTICO_${name.toUpperCase()}`]: String(environment) },
          file === undefined ? {} : { [name]: file },
        );
        const expected = flag ?? environment ?? file ?? options[name].default;
        expect(settings.options[name]).toEqual(expected);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("holds for positionals, which never mix layers", async () => {
    const file = { dir: ["/from/file"] };
    const environment = { ALLOWED_PATHS: "/a, /b,", PORTICO_DIR: "" };
    expect((await read(["/x,y"], environment, file)).positionals).toEqual(["/x,y"]);
    expect((await read([], environment, file)).positionals).toEqual(["/a", "/b"]);
    expect((await read([], {}, file)).positionals).toEqual(["/from/file"]);
    expect((await read([], {}, {})).positionals).toEqual([]);
  });

  it("takes the first variable that is not empty", async () => {
    const first = { PORTICO_NAME: "own", NAME_A: "a", NAME_B: "b" };
    expect((await read([], first, {})).options.name).toBe("own");
    const second = { PORTICO_NAME: "", NAME_A: "", NAME_B: "b" };
    expect((await read([], second, {})).options.name).toBe("b");
  });

  it("does not judge a value that is not used", async () => {
    const { options } = await read(["--limit=3"], { PORTICO_LIMIT: "many" }, { limit: "few" });
    expect(options.limit).toBe(3);
  });

  it("lets the last of repeated flags count, except in lists, which take all", async () => {
    const argv = ["--limit=1", "--limit", "2", "--fast", "--no-fast", "--kinds=a,b", "--kinds=c"];
    const { options } = await read(argv, {}, {});
    expect(options).toMatchObject({ limit: 2, fast: false, kinds: ["a", "b", "c"] });
  });

  it("takes a list in the file as an array or as a text with commas", async () => {
    expect((await read([], {}, { kinds: ["a,b", "c"] })).options.kinds).toEqual(["a,b", "c"]);
    expect((await read([], {}, { kinds: "a, b" })).options.kinds).toEqual(["a", "b"]);
  });
});
