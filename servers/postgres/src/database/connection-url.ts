import { ConnectionSettingsError } from "./connection-settings.ts";

/** What a connection string says, under libpq's names. */
export type Parameters = Map<string, string>;

/**
 * Reads `postgres://user:password@host:port,host:port/database?name=value`. Every part may be absent and
 * percent-encoded. Node's own URL knows neither several hosts nor sockets.
 * @throws {ConnectionSettingsError}
 */
export function parseUrl(url: string): Parameters {
  const rest = url.replace(/^postgres(ql)?:\/\//, "");
  const end = rest.search(/[/?]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const [path = "", query = ""] = splitOnce(end < 0 ? "" : rest.slice(end), "?");
  const at = authority.lastIndexOf("@");
  // A "/" or "?" in a password ends the authority early: what follows would be taken for a name, and shown.
  if (path.includes("@") || (at < 0 && query.includes("@"))) throw unescaped();
  const parameters: Parameters = new Map();
  if (at >= 0) readUser(authority.slice(0, at), parameters);
  readHosts(authority.slice(at + 1), parameters);
  set(parameters, "dbname", decode(path.slice(1)));
  for (const pair of query.split("&").filter(Boolean)) readPair(pair, parameters);
  return parameters;
}

function readUser(text: string, parameters: Parameters): void {
  const [user = "", password = ""] = splitOnce(text, ":");
  set(parameters, "user", decode(user));
  set(parameters, "password", decode(password));
}

function readHosts(text: string, parameters: Parameters): void {
  const hosts: string[] = [];
  const ports: string[] = [];
  for (const one of text.split(",")) {
    const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(one);
    if (!match) throw unescaped();
    hosts.push(decode(match[1] ?? match[2] ?? ""));
    ports.push(decode(match[3] ?? ""));
  }
  if (hosts.some(Boolean)) parameters.set("host", hosts.join(","));
  if (ports.some(Boolean)) parameters.set("port", ports.join(","));
}

function readPair(pair: string, parameters: Parameters): void {
  const [name = "", value] = splitOnce(pair, "=");
  if (value === undefined) {
    throw new ConnectionSettingsError(
      "A parameter in the connection URL has no value; write name=value.",
    );
  }
  parameters.set(decode(name), decode(value));
}

function set(parameters: Parameters, name: string, value: string): void {
  if (value !== "") parameters.set(name, value);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ConnectionSettingsError(
      "The connection URL has a % that begins no character code; write a plain % as %25.",
    );
  }
}

function splitOnce(text: string, separator: string): [string, string?] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + separator.length)];
}

function unescaped(): ConnectionSettingsError {
  return new ConnectionSettingsError(
    "The connection URL is not of the form postgres://user:password@host:port/database; in user and password write / as %2F, ? as %3F, @ as %40 and : as %3A.",
  );
}
