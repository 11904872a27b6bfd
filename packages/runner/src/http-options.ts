import { ConfigError } from "./config-error.ts";
import type { OptionSpecs } from "./options.ts";
import type { Located } from "./settings.ts";

/** The flags of every server that say how it is reached over HTTP. */
export const HTTP_OPTIONS = {
  host: {
    type: "string",
    default: "127.0.0.1",
    description: "Address to listen on; 0.0.0.0 for all that this machine has.",
  },
  port: {
    type: "integer",
    default: 3000,
    env: "PORT",
    description: "Port to listen on; 0 for any that is free.",
  },
  path: { type: "string", default: "/mcp", description: "Path of the endpoint." },
  "allowed-hosts": {
    type: "list",
    words: true,
    description: "Names by which clients may call the server, beside those of this machine.",
  },
  "allowed-origins": {
    type: "list",
    words: true,
    description: "Web pages that may call it, beside its own and those of this machine.",
  },
  "tls-cert": { type: "path", description: "Certificate chain in PEM, to serve HTTPS." },
  "tls-key": { type: "path", description: "Private key of the certificate in PEM." },
  "auth-tokens": {
    type: "path",
    description: "File with a line SHA-256 ID [SCOPE...] for each token that callers may show.",
  },
  "state-key": {
    type: "path",
    description: "File with 64 hex digits that all copies of this server share behind one address.",
  },
  "metrics-port": {
    type: "integer",
    description: "Port where Prometheus finds /metrics, of the same host; 0 for any that is free.",
  },
  "allow-unauthenticated": {
    type: "boolean",
    description: "Listen beyond this machine although nobody has to show a token.",
  },
} as const satisfies OptionSpecs;

/**
 * Refuses a flag that would do nothing. Variables and files are shared with other programs, a flag is not.
 * @throws {ConfigError} when a flag of HTTP is given for another transport
 */
export function refuseUnusedFlags(located: ReadonlyMap<string, Located>, transport: string): void {
  if (transport === "http") return;
  const name = Object.keys(HTTP_OPTIONS).find((one) => located.get(one)?.source.layer === "flag");
  if (name === undefined) return;
  const message = `--${name} has no effect on ${transport}; it needs --transport http.`;
  throw new ConfigError(message, { setting: "transport", value: "http" });
}
