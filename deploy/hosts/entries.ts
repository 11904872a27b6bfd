import { json, textList } from "./json.ts";
import type { Program, Variable } from "./programs.ts";

/** A server that runs already. */
export interface Remote {
  readonly url: string;
  /** What callers show, where it asks for a token. */
  readonly token?: Variable;
}

/** Writes a host's whole file with one server in it. */
export type Write = (name: string, target: Program | Remote) => string;

/** How a host names the environment variable that a value comes from. */
type Reference = (variable: string) => string;

/** What tells hosts apart that keep their servers in a JSON object. */
interface Dialect {
  /** The key of that object. */
  readonly servers: string;
  /** The key of a URL. Default: `url`. */
  readonly url?: string;
  /** The `type` of a server with a URL. Default: no `type`. */
  readonly type?: string;
  /** Without it a secret is written into the file. */
  readonly reference?: Reference;
}

/** The file of a host that keeps its servers in a JSON object. */
export function jsonEntry({ servers, url = "url", type, reference }: Dialect): Write {
  return (name, target) => {
    const server = isRemote(target)
      ? { ...(type && { type }), [url]: target.url, ...headersOf(target, reference) }
      : { ...startOf(target), ...envOf(target, reference) };
    return json({ [servers]: { [name]: server } });
  };
}

/** The file of VS Code, which asks for secrets that are named in `inputs`. */
export const vsCodeEntry: Write = (name, target) => {
  const asked = secretsOf(target);
  const reference = (variable: string) => `\${input:${idOf(variable)}}`;
  const server = isRemote(target)
    ? { type: "http", url: target.url, ...headersOf(target, reference) }
    : { type: "stdio", ...startOf(target), ...envOf(target, reference) };
  const inputs = asked.map(({ name, title }) => {
    return { type: "promptString", id: idOf(name), description: title, password: true };
  });
  return json({ ...(inputs.length > 0 && { inputs }), servers: { [name]: server } });
};

/** The file of Codex, in TOML, which names the variables that a server inherits. */
export const codexEntry: Write = (name, target) => {
  const head = `[mcp_servers.${name}]`;
  if (isRemote(target)) {
    const { url, token } = target;
    const bearer = token ? [`bearer_token_env_var = ${JSON.stringify(token.name)}`] : [];
    return [head, `url = ${JSON.stringify(url)}`, ...bearer].join("\n");
  }
  const { command, args, variables } = target;
  const inherited = variables.filter(({ isSecret }) => isSecret).map(({ name }) => name);
  const given = variables.filter(({ isSecret }) => !isSecret);
  const pairs = given.map(({ name, example }) => `${name} = ${JSON.stringify(example)}`);
  return [
    head,
    `command = ${JSON.stringify(command)}`,
    `args = ${tomlList(args)}`,
    ...(inherited.length > 0 ? [`env_vars = ${tomlList(inherited)}`] : []),
    ...(pairs.length > 0 ? [`env = { ${pairs.join(", ")} }`] : []),
  ].join("\n");
};

/** The line for a shell that adds a server to Claude Code for all projects of a user. */
export function claudeCommand(name: string, { command, args, variables }: Program): string {
  const given = variables.map(({ name, example, isSecret }) => {
    return `--env ${name}=${isSecret ? `"$${name}"` : example} `;
  });
  const start = [command, ...args].join(" ");
  // `--env` takes several values: were it the last flag, it would take the server's name as well.
  return `claude mcp add ${given.join("")}--scope user ${name} -- ${start}`;
}

function isRemote(target: Program | Remote): target is Remote {
  return "url" in target;
}

function startOf({ command, args }: Program): object {
  return { command, args };
}

function envOf({ variables }: Program, reference?: Reference): object {
  if (variables.length === 0) return {};
  return {
    env: Object.fromEntries(variables.map((one) => [one.name, chosenValue(one, reference)])),
  };
}

function headersOf({ token }: Remote, reference?: Reference): object {
  return token ? { headers: { Authorization: `Bearer ${chosenValue(token, reference)}` } } : {};
}

function chosenValue({ name, example, isSecret }: Variable, reference?: Reference): string {
  return isSecret && reference ? reference(name) : example;
}

function secretsOf(target: Program | Remote): readonly Variable[] {
  const all = isRemote(target)
    ? [target.token].filter((one) => one !== undefined)
    : target.variables;
  return all.filter(({ isSecret }) => isSecret);
}

function idOf(variable: string): string {
  return variable.toLowerCase().replaceAll("_", "-");
}

/** A list in TOML, whose strings are those of JSON here. */
function tomlList(items: readonly string[]): string {
  const flat = `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;
  return flat.length < 90 ? flat : textList(items);
}
