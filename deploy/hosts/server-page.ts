import { LISTINGS } from "../listings/listings.ts";
import { HOSTS, type Host } from "./hosts.ts";
import { anchor, block, page, prose, table } from "./markdown.ts";
import type { Program, Setup } from "./programs.ts";

/** Where the server is that a page tells to start over HTTP. */
export const ADDRESS = "http://127.0.0.1:3000/mcp";

/** The page of a server: its entry for each host. */
export function serverPage(setup: Setup): string {
  const { server, npx, first } = setup;
  const { title, description } = LISTINGS[server.name]!;
  const readme = `../../servers/${server.name}/README.md`;
  const examples = examplesOf(npx);
  return page(
    "<!-- Written by deploy/hosts/write-pages.ts; change the tables beside it instead. -->",
    `# The ${title} server in your host`,
    prose(
      `${description} [Its own page](${readme}) has every tool and setting. It needs Node 22.13 or newer, or Docker.`,
      first,
    ),
    npx.variables.length > 0 ? variableTable(npx) : undefined,
    prose(
      "Each block is a whole file: where yours has servers already, add this one beside them.",
      examples.length > 0 ? `Put your own value in the place of ${listed(examples)}.` : undefined,
      "When it does not start, [look here](README.md#when-it-does-not-start).",
    ),
    HOSTS.map(({ name }) => `[${name}](#${anchor(name)})`).join(" · "),
    ...HOSTS.map((host) => hostSection(host, setup)),
    inContainer(setup),
    overHttp(npx),
  );
}

function hostSection(host: Host, { server, npx, docker }: Setup): string {
  const { name, files, note, secrets, language, write, takesUrls, command } = host;
  const isSecret = npx.variables.some((one) => one.isSecret);
  const rows = files.map(([whose, path]) => [whose, `\`${path}\``]);
  const parts = [
    `## ${name}`,
    table(["", "file"], rows),
    prose(note, isSecret ? secrets : undefined),
    block(language, write(server.name, npx)),
    ...(command ? ["Or, in a shell:", block("sh", command(server.name, npx))] : []),
    "With Docker ([what to know](#in-a-container)):",
    block(language, write(server.name, docker)),
    ...(takesUrls
      ? [
          "Once it is [started over HTTP](#over-http):",
          block(language, write(server.name, { url: ADDRESS })),
        ]
      : []),
  ];
  return parts.join("\n\n");
}

function inContainer({ server, containerNote }: Setup): string {
  return [
    "## In a container",
    prose(
      `The image is \`portico/${server.name}\`; nothing in it but \`/data\` can be written to.`,
      containerNote,
      "[More on images](../../deploy/README.md#one-container).",
    ),
  ].join("\n\n");
}

function overHttp({ command, args, variables }: Program): string {
  const names = variables.map(({ name }) => `\`${name}\``).join(" and ");
  const where = names ? `, with ${names} in its environment` : "";
  const [yes, name, ...rest] = args;
  const line = [command, yes, name, "--transport http --port 3000", ...rest].join(" ");
  return [
    "## Over HTTP",
    prose(
      `One process can serve all your hosts. Start it yourself${where}; only this machine can reach it.`,
      "[With a token](README.md#over-http-with-a-token) other machines can as well.",
    ),
    block("sh", line),
  ].join("\n\n");
}

function variableTable({ variables }: Program): string {
  const rows = variables.map(({ name, title, description }) => [`\`${name}\``, title, description]);
  return table(["variable", "", "where it comes from"], rows);
}

/** What in an entry stands for something of the user's own. */
function examplesOf({ args, variables }: Program): readonly string[] {
  const paths = args.filter((arg) => arg.startsWith("/path/"));
  return [...paths, ...variables.map(({ example }) => example)];
}

function listed(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(" and ");
}
