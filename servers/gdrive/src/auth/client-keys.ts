import type { AuthorizationPlace, OAuthClient } from "@portico/auth/installed";
import { RemoteError } from "@portico/remote-api";
import { keysPath } from "./places.ts";
import type { AuthSettings } from "./settings.ts";

/** An OAuth client of the operator's, and where Google wants to see it. */
export interface ClientKeys {
  readonly server: AuthorizationPlace;
  readonly client: OAuthClient;
  /** Where the browser may come back to; undefined: any port of this machine. */
  readonly registered: URL | undefined;
}

const CONSOLE = "https://console.cloud.google.com/apis/credentials";
const GOOGLE = {
  auth_uri: "https://accounts.google.com/o/oauth2/v2/auth",
  token_uri: "https://oauth2.googleapis.com/token",
};

/**
 * The client that tokens are asked for with: the one whose id the operator gave, or the keys in a file.
 * @throws {RemoteError} `no-credentials` when there is none, or the file is not one of Google's
 */
export async function readClientKeys(settings: AuthSettings): Promise<ClientKeys> {
  const { clientId, clientSecret } = settings;
  if (clientId !== undefined) {
    return keysFrom({ client_id: clientId, client_secret: clientSecret ?? "" }, undefined);
  }
  const { readFile } = await import("node:fs/promises");
  const content = await readFile(keysPath(settings), "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") throw missing();
      throw unfit(`cannot be read (${error.code})`);
    },
  );
  return parseClientKeys(content, settings.authPort);
}

/**
 * Reads the file Google's console gives for an OAuth client: of a desktop app (`installed`) or a web application (`web`).
 * @param port the operator's own, which chooses among the addresses of a web application
 * @throws {RemoteError} `no-credentials` for any other content, without repeating it
 */
export function parseClientKeys(content: string, port: number | undefined): ClientKeys {
  const { installed, web } = objectIn(content);
  const kind = installed ?? web;
  if (typeof kind !== "object" || kind === null) {
    throw unfit('has neither "installed" nor "web" keys, so it is not of an OAuth client');
  }
  const fields = kind as Record<string, unknown>;
  return keysFrom(fields, installed === undefined ? comeBackAddress(fields, port) : undefined);
}

function keysFrom(
  fields: Readonly<Record<string, unknown>>,
  registered: URL | undefined,
): ClientKeys {
  const { client_id: clientId, client_secret: secret } = fields;
  if (typeof clientId !== "string" || clientId === "") throw unfit("has no client_id");
  const page = endpoint(fields, "auth_uri");
  // Google gives a refresh token only to who asks for access while the user is away, and each time only with consent.
  page.searchParams.set("access_type", "offline");
  page.searchParams.set("prompt", "consent");
  return {
    server: {
      issuer: page.origin,
      authorizationEndpoint: page.href,
      tokenEndpoint: endpoint(fields, "token_uri").href,
      authMethods: ["client_secret_post"],
      sendsIssuer: false,
    },
    client: {
      clientId,
      ...(typeof secret === "string" && secret !== "" && { clientSecret: secret }),
    },
    registered,
  };
}

function endpoint(fields: Readonly<Record<string, unknown>>, name: keyof typeof GOOGLE): URL {
  const given = fields[name] ?? GOOGLE[name];
  const url = typeof given === "string" && URL.canParse(given) ? new URL(given) : undefined;
  const isLocal = url?.protocol === "http:" && url.hostname === "127.0.0.1";
  if (url && (url.protocol === "https:" || isLocal)) return url;
  throw unfit(`has no safe ${name}`);
}

/** A web application is let back only to addresses it is registered with. */
function comeBackAddress(fields: Readonly<Record<string, unknown>>, port: number | undefined): URL {
  const uris = Array.isArray(fields.redirect_uris) ? fields.redirect_uris : [];
  const local = uris
    .flatMap((uri) => (typeof uri === "string" && URL.canParse(uri) ? new URL(uri) : []))
    .filter(
      ({ protocol, hostname }) =>
        protocol === "http:" && /^(127\.0\.0\.1|localhost)$/.test(hostname),
    );
  const found = local.find((url) => port !== undefined && url.port === String(port)) ?? local[0];
  if (found) return found;
  throw unfit(
    "is of a web application without an address of this machine; add http://127.0.0.1:8765/callback to it, or make a desktop app",
  );
}

function objectIn(content: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // The error would quote the secret.
  }
  throw unfit("is no JSON object");
}

function missing(): RemoteError {
  return new RemoteError(
    "no-credentials",
    `No OAuth client is set: make one of the type desktop app at ${CONSOLE}, set GDRIVE_OAUTH_PATH to its keys file, and run portico-gdrive auth.`,
  );
}

function unfit(why: string): RemoteError {
  return new RemoteError(
    "no-credentials",
    `The OAuth client's keys cannot be used: the file ${why}; download it again at ${CONSOLE}.`,
  );
}
