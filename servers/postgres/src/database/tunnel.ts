import type { Duplex } from "node:stream";
import type { Client, ConnectConfig, ServerHostKeyAlgorithm } from "ssh2";
import { placeOf } from "./connect-failure.ts";
import type { Host } from "./connection-settings.ts";
import { DatabaseError } from "./database.ts";
import type { KnownKey } from "./known-hosts.ts";
import type { TunnelSettings } from "./tunnel-settings.ts";

/** Milliseconds until a machine that does not let us in is given up. */
const READY_MS = 10_000;

/** Milliseconds between signs of life, and how many may go unanswered. */
const ALIVE_MS = 15_000;
const ALIVE_COUNT = 3;

/** What a host's key can be, and what it then signs with; SHA-1 is not asked for. */
const KEY_TYPES: readonly { type: string; algorithms: ServerHostKeyAlgorithm[] }[] = [
  { type: "ssh-ed25519", algorithms: ["ssh-ed25519"] },
  { type: "ecdsa-sha2-nistp256", algorithms: ["ecdsa-sha2-nistp256"] },
  { type: "ecdsa-sha2-nistp384", algorithms: ["ecdsa-sha2-nistp384"] },
  { type: "ecdsa-sha2-nistp521", algorithms: ["ecdsa-sha2-nistp521"] },
  { type: "ssh-rsa", algorithms: ["rsa-sha2-512", "rsa-sha2-256"] },
];

/** A way to the database through another machine. */
export interface Tunnel {
  /**
   * Opens a channel to a host that the other machine sees.
   * @throws {DatabaseError} `unreachable`
   */
  readonly channel: (host: Host) => Promise<Duplex>;
  close(): Promise<void>;
}

/** A tunnel as `settings` say. Nothing is connected before its first channel, and again after it broke. */
export function openTunnel(settings: TunnelSettings): Tunnel {
  let connecting: Promise<Client> | undefined;
  const connect = () => {
    connecting ??= login(settings, () => {
      connecting = undefined;
    });
    return connecting;
  };
  return {
    channel: async (host) => asSocket(await forward(await connect(), host, settings)),
    close: async () => {
      const client = await connecting?.catch(() => undefined);
      client?.end();
    },
  };
}

async function login(settings: TunnelSettings, ended: () => void): Promise<Client> {
  try {
    const [{ default: ssh }, keys, privateKey] = await Promise.all([
      import("ssh2"),
      readKnownKeys(settings),
      readKey(settings),
    ]);
    const { isKnown } = await import("./known-hosts.ts");
    const client = new ssh.Client();
    const { promise, resolve, reject } = Promise.withResolvers<Client>();
    let isRefused = false;
    client.once("ready", () => resolve(client));
    client.on("error", (error) =>
      reject(isRefused ? unknownHost(settings, keys) : failure(error, settings)),
    );
    client.once("close", () => {
      reject(failure(new Error("closed"), settings));
      ended();
    });
    client.connect({
      ...credentials(settings, privateKey),
      algorithms: { serverHostKey: algorithmsOf(keys) },
      hostVerifier: (shown: Buffer) => {
        isRefused = !isKnown(shown, keys);
        return !isRefused;
      },
    });
    return await promise;
  } catch (error) {
    ended();
    throw error instanceof DatabaseError ? error : failure(error as Error, settings);
  }
}

function credentials(settings: TunnelSettings, privateKey: Buffer | undefined): ConnectConfig {
  const password = settings.password();
  const passphrase = settings.keyPassword();
  return {
    host: settings.host,
    port: settings.port,
    username: settings.user,
    readyTimeout: READY_MS,
    keepaliveInterval: ALIVE_MS,
    keepaliveCountMax: ALIVE_COUNT,
    ...(privateKey && { privateKey }),
    ...(privateKey && passphrase !== undefined && { passphrase }),
    ...(settings.agent !== undefined && { agent: settings.agent }),
    ...(password !== undefined && { password }),
  };
}

async function readKnownKeys(settings: TunnelSettings): Promise<readonly KnownKey[]> {
  const [{ readFile }, { knownKeys }] = await Promise.all([
    import("node:fs/promises"),
    import("./known-hosts.ts"),
  ]);
  const file = await readFile(settings.knownHostsFile, "utf8").catch(() => "");
  return knownKeys(file, settings.host, settings.port);
}

async function readKey({ keyFile }: TunnelSettings): Promise<Buffer | undefined> {
  if (keyFile === undefined) return undefined;
  const { readFile } = await import("node:fs/promises");
  return readFile(keyFile).catch((error: NodeJS.ErrnoException) => {
    const message = `The SSH tunnel's key file cannot be read (${error.code}); check the path and who may read it.`;
    throw new DatabaseError("unreachable", message);
  });
}

/** A host has several keys; it is to show one that is known. */
function algorithmsOf(keys: readonly KnownKey[]): ServerHostKeyAlgorithm[] {
  const isKnown = (type: string) => keys.some((key) => key.type === type);
  const known = KEY_TYPES.filter(({ type }) => isKnown(type));
  const others = KEY_TYPES.filter(({ type }) => !isKnown(type));
  return [...known, ...others].flatMap(({ algorithms }) => algorithms);
}

function forward(client: Client, host: Host, settings: TunnelSettings): Promise<Duplex> {
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  const opened = (error: Error | undefined, channel: Duplex) => {
    if (!error) return resolve(channel);
    const message = `The SSH host ${placeOf(settings)} cannot reach ${placeOf(host)}; check that the database is there and that the host may forward to it.`;
    reject(new DatabaseError("unreachable", message));
  };
  if (host.host.startsWith("/")) {
    client.openssh_forwardOutStreamLocal(`${host.host}/.s.PGSQL.${host.port}`, opened);
  } else {
    client.forwardOut("127.0.0.1", 0, host.host, host.port, opened);
  }
  return promise;
}

/** pg connects a socket that it is given; a channel is connected already, and has none of a socket's settings. */
function asSocket(channel: Duplex): Duplex {
  const same = () => channel;
  const connect = () => {
    queueMicrotask(() => channel.emit("connect"));
    return channel;
  };
  return Object.assign(channel, {
    connect,
    setNoDelay: same,
    setKeepAlive: same,
    ref: same,
    unref: same,
  });
}

function unknownHost(settings: TunnelSettings, keys: readonly KnownKey[]): DatabaseError {
  const at = placeOf(settings);
  const message =
    keys.length === 0
      ? `The SSH host ${at} is not known; connect to it once with ssh to add it to known_hosts.`
      : `The key of the SSH host ${at} is not the one in known_hosts: it was changed, or another machine answers; ask its administrator.`;
  return new DatabaseError("unreachable", message);
}

function failure(
  error: Error & { level?: string; code?: unknown },
  settings: TunnelSettings,
): DatabaseError {
  const at = placeOf(settings);
  if (error.level === "client-authentication") {
    const message = `The SSH host ${at} does not let ${settings.user} in; check user, key and agent.`;
    return new DatabaseError("unreachable", message);
  }
  if (error.message.includes("privateKey")) {
    const message =
      "The SSH tunnel's key file is no private key, or its password is wrong or missing.";
    return new DatabaseError("unreachable", message);
  }
  const code = typeof error.code === "string" ? ` (${error.code})` : "";
  const message = `The SSH host ${at} cannot be reached${code}; check host and port.`;
  return new DatabaseError("unreachable", message);
}
