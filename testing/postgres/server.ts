import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { binaries, type PostgresVersion } from "./binaries.ts";

/** A PostgreSQL that runs in a process of its own. */
export interface PostgresServer {
  readonly port: number;
  /** Holds the data, the Unix socket and `log`. Owned by whom the server runs as. */
  readonly folder: string;
  readonly pid: number;
  /** Superuser `postgres`, who needs no password, unless `hba` says otherwise. */
  readonly url: (database?: string, user?: string) => string;
}

/** What differs from a server with nothing set. */
export interface PostgresOptions {
  readonly version: PostgresVersion;
  /** The folder of `initdb` and `postgres`. Those of the version's package when absent. */
  readonly programs?: string;
  /** Settings of `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The whole `pg_hba.conf`. Everybody is trusted when absent. */
  readonly hba?: string;
  /** Where to listen. A free port when absent. */
  readonly port?: number;
}

/** PostgreSQL refuses to run as root; this user exists everywhere. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Nothing here outlives the tests, so nothing has to reach the disk. */
const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

const LOCALE = ["-A", "trust", "--no-sync", "-E", "UTF8", "--no-locale"];

/**
 * Starts a server of its own in a new folder.
 * @throws {Error} with the server's log when it does not start
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "pg-"));
  if (NOBODY.uid !== undefined) chownSync(folder, NOBODY.uid, NOBODY.gid);
  const initdb = join(options.programs ?? binaries(options.version), "initdb");
  const data = join(folder, "data");
  await promisify(execFile)(initdb, ["-D", data, "-U", "postgres", ...LOCALE], NOBODY);
  return startAgain(folder, options);
}

/** Starts a server that was stopped, on the data in its folder. */
export async function startAgain(
  folder: string,
  { version, programs = binaries(version), settings, hba, port = 0 }: PostgresOptions,
): Promise<PostgresServer> {
  const at = port || (await freePort());
  if (hba !== undefined) writeFileSync(join(folder, "data/pg_hba.conf"), hba);
  const all = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: folder,
    ...FAST,
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = join(folder, "log");
  const out = openSync(log, "a");
  const child = spawn(
    join(programs, "postgres"),
    ["-D", join(folder, "data"), "-p", String(at), ...flags],
    { ...NOBODY, detached: true, stdio: ["ignore", out, out] },
  );
  child.unref();
  await ready(child.pid!, log, readFileSync(log, "utf8").length);
  const url = (database = "postgres", user = "postgres") =>
    `postgres://${user}@127.0.0.1:${at}/${database}`;
  return { port: at, folder, pid: child.pid!, url };
}

/** Stops a server at once and waits until it is gone; its folder stays. */
export async function stopPostgres({ pid }: Pick<PostgresServer, "pid">): Promise<void> {
  signal(pid, "SIGINT");
  while (isAlive(pid)) await turn();
}

/** Stops a server and removes its folder. */
export async function removePostgres(
  server: Pick<PostgresServer, "pid" | "folder">,
): Promise<void> {
  await stopPostgres(server);
  rmSync(server.folder, { recursive: true, force: true });
}

async function ready(pid: number, log: string, from: number): Promise<void> {
  for (;;) {
    const said = readFileSync(log, "utf8").slice(from);
    if (said.includes("ready to accept connections")) return;
    if (!isAlive(pid)) throw new Error(`PostgreSQL did not start: ${said}`);
    await turn();
  }
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Polling: a server in another process says nothing when it is ready or gone. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
