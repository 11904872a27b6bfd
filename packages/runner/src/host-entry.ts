/** The start line of one server, as hosts keep it in their configuration. */
export interface HostEntry {
  readonly mcpServers: Readonly<
    Record<
      string,
      {
        readonly command: string;
        readonly args: readonly string[];
        readonly env?: Readonly<Record<string, string>>;
      }
    >
  >;
}

/** What a host entry is made of. */
export interface HostEntryOptions {
  /** The npm package, such as `@portico/server-filesystem`. */
  readonly name: string;
  /** Arguments of the server. Default: none. */
  readonly args?: readonly string[];
  /** Environment of the server; left out when empty. */
  readonly env?: Readonly<Record<string, string>>;
  /** As in `process.platform`. On Windows hosts cannot start `npx` without its shell. Default: this machine's. */
  readonly platform?: string;
}

/** The paste-ready `mcpServers` entry that starts a published server with npx. */
export function hostEntry(options: HostEntryOptions): HostEntry {
  const { name, args = [], env = {}, platform = process.platform } = options;
  const command = platform === "win32" ? "cmd" : "npx";
  const before = platform === "win32" ? ["/c", "npx"] : [];
  const server = {
    command,
    args: [...before, "-y", name, ...args],
    ...(Object.keys(env).length > 0 && { env }),
  };
  return { mcpServers: { [shortName(name)]: server } };
}

/** The entry of a server that runs by itself and is reached by its URL. */
export interface UrlHostEntry {
  readonly mcpServers: Readonly<
    Record<
      string,
      {
        readonly type: "http";
        readonly url: string;
        readonly headers?: Readonly<Record<string, string>>;
      }
    >
  >;
}

/** What a URL entry is made of. */
export interface UrlHostEntryOptions {
  /** The npm package, such as `@portico/server-filesystem`. */
  readonly name: string;
  readonly url: string;
  /** Whether clients show a token; the entry then has the place for it. */
  readonly authenticated: boolean;
}

/** The paste-ready `mcpServers` entry of a server that is reached over HTTP. */
export function urlHostEntry({ name, url, authenticated }: UrlHostEntryOptions): UrlHostEntry {
  const headers = authenticated && { headers: { Authorization: "Bearer TOKEN" } };
  return { mcpServers: { [shortName(name)]: { type: "http", url, ...headers } } };
}

/** The name without its scope and without `server-`. */
function shortName(name: string): string {
  return name.replace(/^@[^/]+\//, "").replace(/^server-/, "");
}
