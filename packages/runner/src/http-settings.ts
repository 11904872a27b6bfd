import { promises } from "node:fs";
import { type Authenticator, createSealer, type Sealer } from "@portico/core";
import type { ServeHttpOptions } from "@portico/core/node";
import { ConfigError } from "./config-error.ts";
import type { HTTP_OPTIONS } from "./http-options.ts";
import type { Values } from "./options.ts";

/** What the operator said of HTTP. */
export type HttpSettings = Values<typeof HTTP_OPTIONS>;

/** The same as a server takes it. */
export type HttpPlan = Pick<ServeHttpOptions, "tls" | "authenticator" | "sealer"> & {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
};

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/;

/** Whether only this machine can reach what listens on `host`. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * Judges the settings of HTTP and reads the files they name.
 * @throws {ConfigError} when one does not fit, a file cannot be used, or anybody on the network could call
 */
export async function readHttpSettings(settings: HttpSettings): Promise<HttpPlan> {
  const { host, port, path } = settings;
  if (port > 65_535) {
    const message = `The port must be 65535 or less, not ${port}.`;
    throw new ConfigError(message, { setting: "port", value: "3000" });
  }
  const fault = faultOf(path);
  if (fault) throw new ConfigError(fault, { setting: "path", value: "/mcp" });
  const authenticator = await readTokens(settings);
  refuseOpenDoor(settings);
  const tls = await readTls(settings);
  const sealer = await readStateKey(settings);
  return {
    host,
    port,
    path,
    allowedHosts: [...ownName(host), ...settings["allowed-hosts"]],
    allowedOrigins: settings["allowed-origins"],
    ...(tls && { tls }),
    ...(sealer && { sealer }),
    ...(authenticator && { authenticator }),
  };
}

/** Why the endpoint cannot be at `path`. */
function faultOf(path: string): string | undefined {
  if (!/^\/[\w.~/-]*$/.test(path)) {
    return `The path must begin with / and have no query, not "${path}".`;
  }
  if (/^\/(healthz|readyz)$/.test(path)) {
    return `Probes are answered at ${path}; choose another path for the endpoint.`;
  }
  const [, taken] = /\/(sse|messages)$/.exec(path) ?? [];
  if (taken === undefined) return undefined;
  return `The path must not end in "${taken}", which clients of 2024-11-05 find beside the endpoint; choose another name than "${path}".`;
}

/** Whoever reaches the port may use the server, unless something asks who they are. */
function refuseOpenDoor(settings: HttpSettings): void {
  const { host, "auth-tokens": tokens, "allow-unauthenticated": unasked } = settings;
  if (isLoopback(host) || tokens !== undefined || unasked) return;
  throw new ConfigError(
    `On ${host} other machines reach this server and nobody has to show who they are; give --auth-tokens, or --allow-unauthenticated where something in front of it asks.`,
    { setting: "auth-tokens", value: "PATH" },
  );
}

/** A server bound to one address is called by it; one bound to all has no name of its own. */
function ownName(host: string): string[] {
  if (host === "0.0.0.0" || host === "::") return [];
  return [host.includes(":") ? `[${host}]` : host];
}

async function readTls(settings: HttpSettings): Promise<ServeHttpOptions["tls"]> {
  const { "tls-cert": cert, "tls-key": key } = settings;
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    const [given, missing] = cert === undefined ? ["key", "cert"] : ["cert", "key"];
    const message = `--tls-${given} needs --tls-${missing} beside it.`;
    throw new ConfigError(message, { setting: `tls-${missing}`, value: "PATH" });
  }
  return { cert: await readNamed("tls-cert", cert), key: await readNamed("tls-key", key) };
}

/**
 * What a client carries from one request to the next is sealed with a key. Each process makes up its own unless it
 * is told one, and then a copy of the server cannot read what another gave.
 */
async function readStateKey({ "state-key": path }: HttpSettings): Promise<Sealer | undefined> {
  if (path === undefined) return undefined;
  const key = (await readNamed("state-key", path)).trim();
  if (/^[0-9a-f]{64}$/i.test(key)) return createSealer(Buffer.from(key, "hex"));
  throw new ConfigError(
    `The file "${path}" of --state-key must hold 64 hex digits; make them with: openssl rand -hex 32`,
    { setting: "state-key", value: "PATH" },
  );
}

async function readTokens({
  "auth-tokens": path,
  "tls-cert": cert,
  ...settings
}: HttpSettings): Promise<Authenticator | undefined> {
  if (path === undefined) return undefined;
  const { resourceServer, staticTokens } = await import("@portico/auth");
  const lines = await readNamed("auth-tokens", path);
  const { host, port } = settings;
  const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const resource = `${cert === undefined ? "http" : "https"}://${authority}${settings.path}`;
  try {
    return resourceServer({ resource, tokens: staticTokens(lines) }).authenticator;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ConfigError(`The file "${path}" of --auth-tokens cannot be used: ${error.message}`);
  }
}

async function readNamed(setting: string, path: string): Promise<string> {
  try {
    return await promises.readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const known = { ENOENT: "there is no such file", EISDIR: "it is a folder" };
    const why = known[code as keyof typeof known] ?? code ?? "it is not readable";
    const message = `The file "${path}" of --${setting} cannot be read: ${why}.`;
    throw new ConfigError(message, { setting, value: "PATH" });
  }
}
