import { parseBaseUrl } from "@portico/remote-api";
import { ConfigError, type Values } from "@portico/runner";
import { parseKeys } from "./brave/parse-keys.ts";

/** The flags of this server. */
export const OPTIONS = {
  "brave-api-key": {
    type: "string",
    env: "BRAVE_API_KEY",
    description:
      "Key of Brave's API, or several separated by commas to take turns. Better set as BRAVE_API_KEY.",
  },
  "brave-api-key-file": {
    type: "path",
    env: "BRAVE_API_KEY_FILE",
    description: "File with a key on each line; it takes the place of --brave-api-key.",
  },
  "brave-api-url": {
    type: "string",
    default: "https://api.search.brave.com/",
    env: "BRAVE_API_URL",
    description: "Where the API is, for a proxy of your own.",
  },
} as const;

type Given = Values<typeof OPTIONS>;

/** The official server's names for what every server can be told. */
export const VARIABLES = {
  transport: "BRAVE_MCP_TRANSPORT",
  host: "BRAVE_MCP_HOST",
  port: "BRAVE_MCP_PORT",
  "allowed-hosts": "BRAVE_MCP_ALLOWED_HOSTS",
  "allowed-origins": "BRAVE_MCP_ALLOWED_ORIGINS",
  tools: "BRAVE_MCP_ENABLED_TOOLS",
  "disable-tools": "BRAVE_MCP_DISABLED_TOOLS",
  "log-level": "BRAVE_MCP_LOG_LEVEL",
} as const;

/**
 * The operator's keys.
 * @throws {ConfigError} when the file cannot be read or holds none
 */
export async function readKeys(options: Given): Promise<string[]> {
  const { "brave-api-key": given = "", "brave-api-key-file": file } = options;
  if (file === undefined && given === "") return [];
  if (file === undefined) return parseKeys(given);
  const { readFile } = await import("node:fs/promises");
  const keys = await readFile(file, "utf8").then(parseKeys, (error: NodeJS.ErrnoException) => {
    throw new ConfigError(`The key file "${file}" cannot be read (${error.code}).`, AT_FILE);
  });
  if (keys.length === 0) throw new ConfigError(`The key file "${file}" holds no key.`, AT_FILE);
  return keys;
}

const AT_FILE = { setting: "brave-api-key-file", value: "PATH" };

/**
 * Where the API is.
 * @throws {ConfigError} when that is no https address
 */
export function readUrl({ "brave-api-url": text }: Given): URL {
  try {
    return parseBaseUrl(text, "--brave-api-url");
  } catch (error) {
    const correction = { setting: "brave-api-url", value: OPTIONS["brave-api-url"].default };
    throw new ConfigError((error as Error).message, correction);
  }
}
