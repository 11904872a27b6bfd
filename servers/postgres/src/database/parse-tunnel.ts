import { ConnectionSettingsError } from "./connection-settings.ts";
import type { Environment } from "./parse-connection.ts";
import type { TunnelSettings } from "./tunnel-settings.ts";

const SSH_PORT = 22;

/** What an operator may say beside the URL. */
export interface TunnelFiles {
  /** A private key. Without one an agent (`SSH_AUTH_SOCK`) or the URL's password is used. */
  readonly keyFile?: string | undefined;
  readonly keyPassword?: string | undefined;
  /** `~/.ssh/known_hosts` when absent. */
  readonly knownHostsFile?: string | undefined;
}

/**
 * Reads `ssh://user:password@host:port`, the machine to reach a database through.
 * @throws {ConnectionSettingsError} in one sentence that repeats no value
 */
export function parseTunnel(url: string, files: TunnelFiles, env: Environment): TunnelSettings {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const user = decode(parsed?.username ?? "") || env.USER || env.LOGNAME || env.USERNAME;
  const isPlain = parsed?.protocol === "ssh:" && /^\/?$/.test(parsed.pathname + parsed.search);
  if (!isPlain || parsed.hostname === "" || !user) {
    throw new ConnectionSettingsError(
      "The SSH tunnel is not of the form ssh://user@host:port; in user and password write / as %2F, ? as %3F and @ as %40.",
    );
  }
  const password = decode(parsed.password) || undefined;
  const home = env.HOME ?? env.USERPROFILE ?? "";
  return {
    host: decode(parsed.hostname).replace(/^\[(.*)\]$/, "$1"),
    port: Number(parsed.port) || SSH_PORT,
    user,
    keyFile: files.keyFile,
    keyPassword: () => files.keyPassword,
    password: () => password,
    agent: env.SSH_AUTH_SOCK,
    knownHostsFile: files.knownHostsFile ?? `${home}/.ssh/known_hosts`,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ConnectionSettingsError(
      "The SSH tunnel's URL has a % that begins no character code; write a plain % as %25.",
    );
  }
}
