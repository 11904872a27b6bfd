import type {
  Client,
  ConnectOptions,
  HttpClientOptions,
  HttpOptions,
  Revision,
  ServerDefinition,
} from "@portico/core";
import { pairs } from "./folders.ts";

/** The ways a client meets a server here. `HTTP+SSE` is the older of the two HTTP transports. */
export type TransportName = "memory" | "stdio" | "HTTP" | "HTTP+SSE" | "WebSocket";

/** Variables of an environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a client is like: what it does for servers, and what it sends with its requests over a network. */
export type Host = Partial<ConnectOptions> & Pick<HttpClientOptions, "headers" | "signer">;

/** Where a client meets its server. */
export interface Place {
  readonly revision: Revision;
  readonly transport: TransportName;
}

/** A client and its server, met. */
export interface Meeting extends Place {
  /** The address of the server, where it has one. */
  readonly url: string | undefined;
  /** One more connection, as somebody else or from elsewhere. Over stdio it has a process of its own. */
  connect(host?: Host): Promise<Client>;
}

/** What the server.ts of a pair exports. */
export interface ServerHalf {
  /** It is closed after each meeting; what holds something is a function, which makes the next. */
  readonly server: ServerDefinition | ((env: Environment) => ServerDefinition);
  /** How it is served: middleware wherever it is, the rest over HTTP. */
  readonly options?: HttpOptions;
}

/** What the client.ts of a pair exports. */
export interface ClientHalf {
  /** Uses the server as a program would. Throws when what comes back is wrong. */
  check(client: Client, meeting: Meeting): Promise<void>;
  readonly host?: Host;
  /** The environment the server is started in. */
  readonly env?: Readonly<Record<string, string>>;
  /** Why the pair cannot meet there. Nothing where it can. */
  readonly unless?: (place: Place) => string | undefined;
}

/** One example: a server, and a client that checks it. */
export interface Pair {
  readonly name: string;
  readonly serverHalf: ServerHalf;
  readonly clientHalf: ClientHalf;
}

/**
 * Loads the server of a pair.
 * @throws {Error} when there is no such pair
 */
export async function loadServer(name: string): Promise<ServerHalf> {
  if (!pairs.includes(name)) {
    throw new Error(`There is no pair "${name}". There are: ${pairs.join(", ")}.`);
  }
  return import(`./${name}/server.ts`);
}

/**
 * Loads both halves of a pair.
 * @throws {Error} when there is no such pair
 */
export async function loadPair(name: string): Promise<Pair> {
  const serverHalf = await loadServer(name);
  return { name, serverHalf, clientHalf: await import(`./${name}/client.ts`) };
}

/** The definition of a server that was written either way. */
export function define({ server }: ServerHalf, env: Environment): ServerDefinition {
  return typeof server === "function" ? server(env) : server;
}
