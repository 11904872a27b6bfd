import type { Duplex } from "node:stream";
import type { ConnectionOptions } from "node:tls";
import { requestCancel } from "./cancel.ts";
import { connectFailure, isTlsRefused, isWorthAnotherTls } from "./connect-failure.ts";
import { Connection } from "./connection.ts";
import type { ConnectionSettings, Host, TargetSession } from "./connection-settings.ts";
import { DatabaseError } from "./database.ts";
import { KeptStatements } from "./kept-statements.ts";
import { ASK_SETTINGS, settingsToFix } from "./prologue.ts";
import { tlsAttempts } from "./tls.ts";
import type { WireClient } from "./wire.ts";

/** Milliseconds until a server that is starting up is asked again. */
const STARTING_MS = 100;

/** Milliseconds of silence until the network is asked whether the server is still there. */
const KEEP_ALIVE_MS = 30_000;

/** Milliseconds a new session may take to say what it is. */
const ASK_MS = 5_000;

/** What connecting needs besides where to. */
export interface ConnectOptions {
  readonly answerBytes: number;
  readonly lost: (connection: Connection) => void;
  /** Opens a channel to a host through another machine. */
  readonly tunnel: ((host: Host) => Promise<Duplex>) | undefined;
}

/** One way to one host. */
interface Attempt {
  readonly host: Host;
  readonly ssl: false | ConnectionOptions;
}

/**
 * Connects to the first host that lets us in and is of the kind asked for. A server that is starting up is waited for
 * as long as one that does not answer.
 * @throws {DatabaseError} why the last host did not
 */
export async function connect(
  settings: ConnectionSettings,
  options: ConnectOptions,
): Promise<Connection> {
  const deadline = performance.now() + settings.connectTimeoutMs;
  for (;;) {
    try {
      return await tryHosts(settings, options);
    } catch (error) {
      const isStarting = error instanceof DatabaseError && error.code === "57P03";
      if (!isStarting || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, STARTING_MS));
    }
  }
}

async function tryHosts(
  settings: ConnectionSettings,
  options: ConnectOptions,
): Promise<Connection> {
  let failure: unknown;
  for (const host of settings.hosts) {
    try {
      const connection = await connectTo(host, settings, options);
      if (await isFit(connection, settings)) return connection;
      await connection.end();
      const message = `No server is one for ${settings.targetSession} sessions.`;
      failure = new DatabaseError("unreachable", message);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function connectTo(
  host: Host,
  settings: ConnectionSettings,
  options: ConnectOptions,
): Promise<Connection> {
  const attempts = await tlsAttempts(settings.ssl, host.host.startsWith("/"));
  let failure: unknown;
  for (const ssl of attempts) {
    try {
      return await open({ host, ssl }, settings, options);
    } catch (error) {
      failure ??= error;
      // `prefer` tells of the plain attempt, which is the one that was possible at all.
      if (isTlsRefused(failure)) failure = error;
      if (!isWorthAnotherTls(error, ssl !== false)) break;
    }
  }
  throw connectFailure(failure, host, settings);
}

async function open(
  { host, ssl }: Attempt,
  settings: ConnectionSettings,
  { answerBytes, lost, tunnel }: ConnectOptions,
): Promise<Connection> {
  const { default: pg } = await import("pg");
  const stream = await tunnel?.(host);
  const client = new pg.Client({
    host: host.host,
    port: host.port,
    user: settings.user,
    database: settings.database,
    // pg reads PGPASSWORD, a password file and other variables itself unless each is given.
    password: () => passwordOf(settings),
    ssl,
    sslnegotiation: ssl ? settings.ssl.negotiation : "postgres",
    enableChannelBinding: settings.ssl.channelBinding !== "disable",
    connectionTimeoutMillis: settings.connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    ...(stream && { stream: () => stream }),
  }) as unknown as WireClient;
  Object.assign(client, { getStartupConf: () => startup(settings) });
  const isRequired = settings.ssl.channelBinding === "require";
  const checkBinding = isRequired ? requireChannelBinding(client) : () => {};
  client.on("error", () => {});
  try {
    await client.connect();
    checkBinding();
  } catch (error) {
    client.connection.stream.destroy();
    throw error;
  }
  const route = { host, ssl, negotiation: settings.ssl.negotiation, tunnel };
  const sendCancel = (of: WireClient) => requestCancel(of, route);
  return new Connection(client, { sendCancel, answerBytes, lost });
}

function passwordOf(settings: ConnectionSettings): string {
  const password = settings.password();
  if (password !== undefined) return password;
  const message =
    "The server asks for a password and none was given; put one into the URL or PGPASSWORD.";
  throw new DatabaseError("28P01", message);
}

function startup(settings: ConnectionSettings): Record<string, string> {
  return {
    user: settings.user,
    database: settings.database,
    application_name: settings.applicationName,
    ...(settings.options !== undefined && { options: settings.options }),
  };
}

/**
 * Ends the connection before a password goes out that is not bound to the channel. Who is let in without any password
 * is told by what this returns.
 */
function requireChannelBinding({ connection }: WireClient): () => void {
  let isBound = false;
  const check = () => {
    if (!isBound) throw new Error("channel binding is required");
  };
  const refuse = () => {
    if (!isBound) connection.stream.destroy(new Error("channel binding is required"));
  };
  connection.prependListener("authenticationSASL", (message: { mechanisms: readonly string[] }) => {
    isBound = message.mechanisms.some((mechanism) => mechanism.endsWith("-PLUS"));
    refuse();
  });
  connection.prependListener("authenticationCleartextPassword", refuse);
  connection.prependListener("authenticationMD5Password", refuse);
  return check;
}

/** Whether the session is of the kind asked for; then also learns what it has to know of it. */
async function isFit(connection: Connection, settings: ConnectionSettings): Promise<boolean> {
  try {
    if (!(await isWanted(connection, settings.targetSession))) return false;
    await learnSettings(connection, settings);
    return true;
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

/** Behind a pooler for transactions the next one may meet another session, so nothing is known of it. */
async function learnSettings(
  connection: Connection,
  { pooling }: ConnectionSettings,
): Promise<void> {
  if (pooling === "transaction") {
    connection.settingsToFix = settingsToFix([]);
    return;
  }
  const { rows } = await connection.run([], { run: ASK_SETTINGS }, { timeoutMs: ASK_MS });
  connection.settingsToFix = settingsToFix(rows[0] ?? []);
  connection.kept = new KeptStatements();
}

async function isWanted(connection: Connection, wanted: TargetSession): Promise<boolean> {
  if (wanted === "any") return true;
  const sql =
    wanted === "read-write" || wanted === "read-only"
      ? "SELECT pg_catalog.current_setting('transaction_read_only') = 'on'"
      : "SELECT pg_catalog.pg_is_in_recovery()";
  const { rows } = await connection.run([], { run: { sql } }, { timeoutMs: ASK_MS });
  const isReadOnly = rows[0]?.[0] === "t";
  return isReadOnly === (wanted === "read-only" || wanted === "standby");
}
