import { parse } from "smol-toml";

/** The user's environment, or what a host asked the user for, by variable. */
export type Environment = Readonly<Record<string, string>>;

/** A server in a host's file, with references to the environment resolved as that host does. */
export interface Found {
  readonly command?: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly url?: string;
  readonly headers: Environment;
}

/** How one host reads its file. */
type Reader = (text: string, name: string, environment: Environment) => Found;

/** What a host does with a string of its file. */
type Resolve = (text: string, environment: Environment) => string;

type Entry = Readonly<Record<string, unknown>>;

/** The readers of all hosts, from their documentation; nothing here is shared with what writes the pages. */
export const READERS: Readonly<Record<string, Reader>> = {
  "Claude Desktop": jsonReader("mcpServers", { keys: ["command", "args", "env"] }),
  "Claude Code": jsonReader("mcpServers", {
    keys: ["command", "args", "env", "type", "url", "headers"],
    typeOfUrl: "http",
    resolve: referring(/\$\{(\w+)\}/g),
  }),
  "VS Code": readVsCode,
  Cursor: jsonReader("mcpServers", {
    keys: ["command", "args", "env", "url", "headers"],
    resolve: referring(/\$\{env:(\w+)\}/g),
  }),
  Windsurf: jsonReader("mcpServers", { keys: ["command", "args", "env", "url", "headers"] }),
  Zed: jsonReader("context_servers", { keys: ["command", "args", "env", "url", "headers"] }),
  "Gemini CLI": jsonReader("mcpServers", {
    keys: ["command", "args", "env", "httpUrl", "headers"],
    resolve: referring(/\$(\w+)/g),
  }),
  Codex: readCodex,
};

interface Syntax {
  /** Those a server may have; any other is a mistake of ours. */
  readonly keys: readonly string[];
  readonly resolve?: Resolve;
  readonly typeOfUrl?: string;
}

function jsonReader(
  servers: string,
  { keys, resolve = (text) => text, typeOfUrl }: Syntax,
): Reader {
  return (text, name, environment) => {
    const entry = only(only(JSON.parse(text), servers), name);
    refuseOthers(entry, keys);
    const url = entry.url ?? entry.httpUrl;
    if (url !== undefined && entry.type !== typeOfUrl) throw new Error(`${name} has a wrong type.`);
    return found({ ...entry, url }, (value) => resolve(value, environment));
  };
}

function readVsCode(text: string, name: string, environment: Environment): Found {
  const { inputs = [], ...rest } = JSON.parse(text);
  const entry = only(only(rest, "servers"), name);
  refuseOthers(entry, ["type", "command", "args", "env", "url", "headers"]);
  if (entry.type !== (entry.url ? "http" : "stdio")) throw new Error(`${name} has a wrong type.`);
  const answers = inputs.map(({ type, id, description, password }: Entry) => {
    const isComplete = type === "promptString" && description && password === true;
    if (!isComplete) throw new Error(`The input ${id} is not complete.`);
    return [id, environment[String(id).toUpperCase().replaceAll("-", "_")]];
  });
  const resolve = referring(/\$\{input:([\w-]+)\}/g);
  return found(entry, (value) => resolve(value, Object.fromEntries(answers)));
}

function readCodex(text: string, name: string, environment: Environment): Found {
  const entry = only(only(parse(text) as Entry, "mcp_servers"), name);
  refuseOthers(entry, ["command", "args", "env", "env_vars", "url", "bearer_token_env_var"]);
  const { env_vars: inherited = [], bearer_token_env_var: bearer } = entry;
  const known = (variable: string) => [variable, valueIn(environment, variable)];
  const env = {
    ...(entry.env as Environment),
    ...Object.fromEntries((inherited as string[]).map(known)),
  };
  const headers = bearer && { Authorization: `Bearer ${valueIn(environment, String(bearer))}` };
  return found({ ...entry, env, headers }, (value) => value);
}

function found(entry: Entry, resolve: (text: string) => string): Found {
  const { command, args = [], env = {}, url, headers = {} } = entry;
  const resolved = (texts: object) =>
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, resolve(text)]));
  return {
    ...(command !== undefined && { command: resolve(String(command)) }),
    args: (args as string[]).map(resolve),
    env: resolved(env as object),
    ...(url !== undefined && { url: resolve(String(url)) }),
    headers: resolved((headers || {}) as object),
  };
}

function referring(pattern: RegExp): Resolve {
  return (text, environment) => text.replace(pattern, (_, name) => valueIn(environment, name));
}

function valueIn(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`Nothing says what ${name} is.`);
  return value;
}

function only(object: Entry, key: string): Entry {
  const keys = Object.keys(object);
  if (keys.join() !== key) throw new Error(`Expected ${key} and nothing else, not ${keys.join()}.`);
  return object[key] as Entry;
}

function refuseOthers(entry: Entry, keys: readonly string[]): void {
  const others = Object.keys(entry).filter((key) => !keys.includes(key));
  if (others.length > 0) throw new Error(`The host does not know ${others.join()}.`);
}
