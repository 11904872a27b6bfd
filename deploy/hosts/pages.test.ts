import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, connect, httpClient } from "@portico/core";
import { codeBlocks, listen, openStdio, scratch, tokenFor } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { engine, openContainer } from "../test/containers.ts";
import { HOSTS } from "./hosts.ts";
import { REMOTE, TOKEN } from "./index-page.ts";
import { FOLDER, PAGES } from "./pages.ts";
import { SETUPS } from "./programs.ts";
import { READERS } from "./readers.ts";
import { ADDRESS } from "./server-page.ts";

/** What the users of these tests have in their environment. */
const ENVIRONMENT = {
  DATABASE_URL: "postgres://ada@127.0.0.1:1/shop",
  GITHUB_PERSONAL_ACCESS_TOKEN: "ghp_0123456789",
  BRAVE_API_KEY: "key",
};

const binaryOf = (name: string) => join(import.meta.dirname, `../../servers/${name}/dist/main.cjs`);
const readPage = (name: string) => readFileSync(join(FOLDER, name), "utf8");

test("the pages are those of the tables, and no others", () => {
  expect(readdirSync(FOLDER).sort(), "run node deploy/hosts/write-pages.ts").toEqual(
    [...PAGES.keys()].sort(),
  );
  for (const [name, text] of PAGES) {
    expect(readPage(name), "run node deploy/hosts/write-pages.ts").toBe(text);
  }
});

describe.each(SETUPS)("on the page of the server $server.name", ({ server, npx, docker }) => {
  const { name, package: published } = server;
  const sections = sectionsOf(`${name}.md`);
  const blocksFor = (heading: string, language: string) =>
    codeBlocks(sections.get(heading)!, language);

  /** Starts what an entry says, the built server in the place of `npx -y @portico/server-…`. */
  async function start(args: readonly string[], env: Readonly<Record<string, string>>) {
    expect(args.slice(0, 3)).toEqual(["npx", "-y", published]);
    const folder = scratch();
    const here = (text: string) => text.replace(/^\/path\/to\/folder$/, folder);
    expect(Object.keys(env)).toEqual(npx.variables.map((variable) => variable.name));
    const client = await openStdio([binaryOf(name), ...args.slice(3).map(here)], {
      env: { HOME: folder, PATH: String(process.env.PATH), ...env },
    });
    await expectTools(client);
  }

  describe.each(HOSTS)("the entry for $name", ({ name: host, language, takesUrls, command }) => {
    const entries = () =>
      blocksFor(host, language).map((text) => READERS[host]!(text, name, ENVIRONMENT));

    test("starts the server with npx", async () => {
      const [entry, ...others] = entries();
      expect(others).toHaveLength(takesUrls ? 2 : 1);
      await start([entry!.command!, ...entry!.args], entry!.env);
    });

    test("runs an image of ours that can write to nothing and is told all it needs", () => {
      const { command: program, args, env } = entries()[1]!;
      expect([program, ...args.slice(0, 4)]).toEqual("docker run -i --rm --read-only".split(" "));
      const flags = flagsOf(args.slice(4, args.indexOf(`portico/${name}`)));
      const told = flags.filter(([flag]) => flag === "-e").map(([, variable]) => variable);
      expect(told).toEqual(Object.keys(env));
      expect(args).toEqual(docker.args);
    });

    if (takesUrls) {
      test("leads to the server that the page starts over HTTP", () => {
        expect(entries()[2]).toEqual({ args: [], env: {}, headers: {}, url: ADDRESS });
      });
    }

    if (command) {
      test("is also made by the command, as a shell understands it", async () => {
        const [line = ""] = blocksFor(host, "sh");
        const words = wordsOf("claude", line, ENVIRONMENT);
        const split = words.indexOf("--");
        const [mcp, add, ...options] = words.slice(0, split);
        expect([mcp, add]).toEqual(["mcp", "add"]);
        expect(options.slice(-3)).toEqual(["--scope", "user", name]);
        const env = flagsOf(options.slice(0, -3)).map(([flag, pair]) => {
          expect(flag).toBe("--env");
          return pair.split("=") as [string, string];
        });
        await start(words.slice(split + 1), Object.fromEntries(env));
      });
    }
  });

  // Needs the images: deploy/containers/with-engine.
  test.skipIf(engine === undefined)("the entries with Docker start a container", async () => {
    const [, text = ""] = blocksFor("Claude Code", "json");
    const { args, env } = READERS["Claude Code"]!(text, name, ENVIRONMENT);
    const image = args.indexOf(`portico/${name}`);
    for (const [variable, value] of Object.entries(env)) vi.stubEnv(variable, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const folder = scratch({ "gcp-oauth.keys.json": "{}", portico: null, folder: null });
    const here = (text: string) =>
      text.replace(/^(\/path\/to|\/home\/you\/\.config)\//, `${folder}/`);
    const flags = args.slice(4, image).map(here);
    const offline = ["--network=none", ...flags];
    await expectTools(await openContainer(`portico/${name}`, offline, args.slice(image + 1)));
  });

  test("the command over HTTP listens where the entries lead", async () => {
    const [line = ""] = blocksFor("Over HTTP", "sh");
    const [yes, packageName, ...rest] = wordsOf("npx", line, {});
    expect([yes, packageName]).toEqual(["-y", published]);
    expect(rest.join(" ")).toMatch(/^--transport http --port 3000( |$)/);
    const folder = scratch();
    const args = rest.map((word) => (word === "/path/to/folder" ? folder : word));
    const port = args.map((word) => (word === "3000" ? "0" : word));
    const server = await listen([binaryOf(name), ...port], { HOME: folder, ...ENVIRONMENT });
    onTestFinished(async () => void (await server.stop()));
    expect(server.url.replace(/:\d+/, ":3000")).toBe(ADDRESS);
    await expectTools(await reach(server.url));
  });
});

describe("on the list of hosts", () => {
  const sections = sectionsOf("README.md");

  test.each(HOSTS.filter(({ takesUrls }) => takesUrls))(
    "the entry for $name shows the token to a server that asks for it",
    async ({ name: host, language }) => {
      const { token, line } = tokenFor("ada");
      const folder = scratch({ tokens: `${line}\n` });
      const server = await listen([binaryOf("memory"), "--auth-tokens", `${folder}/tokens`], {
        HOME: folder,
      });
      onTestFinished(async () => void (await server.stop()));
      const [text = ""] = codeBlocks(sections.get(host)!, language);
      const filledIn = text.replace(REMOTE, server.url).replace(TOKEN.example, token);
      const { url, headers } = READERS[host]!(filledIn, "memory", { [TOKEN.name]: token });
      expect(url).toBe(server.url);
      await expectTools(await reach(server.url, headers));
      await expect(reach(server.url)).rejects.toThrow();
    },
  );

  test("the entry for Windows is that of npx, through cmd", () => {
    const [text = ""] = codeBlocks(sections.get("When it does not start")!, "json");
    const { command, args } = READERS["Claude Desktop"]!(text, "memory", {});
    const { npx } = SETUPS.find(({ server }) => server.name === "memory")!;
    expect([command, ...args]).toEqual(["cmd", "/c", npx.command, ...npx.args]);
  });
});

/** The parts of a page by their headings. */
function sectionsOf(page: string): ReadonlyMap<string, string> {
  const parts = readPage(page).split(/^#{2,3} /m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf("\n")), part]));
}

async function expectTools(client: Client): Promise<void> {
  expect((await client.listTools()).length).toBeGreaterThan(0);
}

async function reach(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Client> {
  const client = await connect(httpClient(url, { headers }), {
    clientInfo: { name: "test", version: "1.0.0" },
  });
  onTestFinished(() => client.close());
  return client;
}

/** Flags that each take a value. */
function flagsOf(words: readonly string[]): readonly (readonly [flag: string, value: string])[] {
  const flags = words.filter((_, index) => index % 2 === 0);
  for (const flag of flags) expect(["-v", "-e", "--user", "--env"]).toContain(flag);
  return flags.map((flag, index) => [flag, words[2 * index + 1]!]);
}

/** The arguments that a real shell gives to a program; one that prints them stands in its place. */
function wordsOf(
  program: string,
  line: string,
  env: Readonly<Record<string, string>>,
): readonly string[] {
  const folder = scratch({ [program]: '#!/bin/sh\nprintf "%s\\n" "$@"\n' });
  chmodSync(join(folder, program), 0o755);
  const options = { env: { ...env, PATH: folder }, encoding: "utf8" } as const;
  return execFileSync("/bin/sh", ["-c", line], options).trimEnd().split("\n");
}
