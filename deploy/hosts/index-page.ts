import { LISTINGS } from "../listings/listings.ts";
import { HOSTS } from "./hosts.ts";
import { json } from "./json.ts";
import { block, page, prose, table } from "./markdown.ts";
import { SETUPS, type Variable } from "./programs.ts";

/** What hosts show to a server that asks for tokens. */
export const TOKEN: Variable = {
  name: "PORTICO_TOKEN",
  example: "the-token",
  title: "Token",
  description: "What new-token printed.",
  isSecret: true,
};

/** Where a server of somebody's own is, in the examples. */
export const REMOTE = "https://mcp.example.com/mcp";

/** The page that leads to those of the servers, with what is the same for all of them. */
export function indexPage(): string {
  return page(
    "<!-- Written by deploy/hosts/write-pages.ts; change the tables beside it instead. -->",
    "# Set up your host",
    prose(
      `Entries to paste into the file of ${listed(HOSTS.map(({ name }) => name))}, with npx, with Docker and over HTTP.`,
    ),
    table(["server", "what it is", "what it needs"], SETUPS.map(serverRow)),
    prose(
      "Packages and images are published with the first release. Until then `pnpm start` prints an entry that runs from",
      "a checkout, and `pnpm images` builds the images. Those of a release have [the address of their",
      "registry](../../deploy/README.md#one-container) in the place of `portico`.",
    ),
    "## Over HTTP with a token",
    prose(
      "A server that others can reach asks for [a token](../../packages/runner/README.md#over-http). Where a host reads",
      "it from the environment, the variable is `PORTICO_TOKEN` here. Claude Desktop takes no URLs in its file.",
    ),
    ...HOSTS.filter(({ takesUrls }) => takesUrls).flatMap(({ name, language, write }) => [
      `### ${name}`,
      block(language, write("memory", { url: REMOTE, token: TOKEN })),
    ]),
    ...whenItDoesNotStart(),
  );
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

function serverRow({ server, npx }: (typeof SETUPS)[number]): readonly string[] {
  const { title, description, folders } = LISTINGS[server.name]!;
  const needs = [
    ...(folders ? ["folders, as arguments"] : []),
    ...npx.variables.map(({ name }) => `\`${name}\``),
  ];
  return [`[${title}](${server.name}.md)`, description, needs.join(", ") || "nothing"];
}

function whenItDoesNotStart(): readonly string[] {
  const windows = {
    mcpServers: {
      memory: { command: "cmd", args: ["/c", "npx", "-y", "@portico/server-memory"] },
    },
  };
  return [
    "## When it does not start",
    prose(
      "**On Windows** many hosts cannot start `npx` by itself, because it is a script. Start it through `cmd`, with the",
      "rest of the entry as it is:",
    ),
    block("json", json(windows)),
    prose(
      "**The host does not find `npx` or `docker`.** An application that was not started from a shell may not know your",
      "`PATH`: write the whole path, as `which npx` prints it.",
    ),
    prose(
      "**The server says that a setting is wrong.** The host's log has its sentence, with what to write instead. Or run",
      "the command of the entry in a shell with `--help` behind it.",
    ),
    prose(
      "**The server says that a key or a token is missing or wrong.** Where the entry takes it from the environment, the",
      "host was started where it is not set. Set it where your desktop reads it, or write the value into the entry.",
    ),
    "## What was tried",
    prose(
      "The entries follow the hosts' documentation as of November 2026. A test reads each of them as that documentation",
      "says, starts the built server with exactly its arguments and variables, and lists the tools; containers are",
      "started where there is an engine. No test runs the hosts themselves. By hand, on Linux and with the built server",
      "in the place of npx, Claude Code 2.1.328 and Gemini CLI 0.61.0 connected with their entries, and Codex 0.169.0 read",
      "all of its own as they are meant. The other hosts, and macOS and Windows, were not tried.",
    ),
  ];
}
