import { readFile } from "node:fs/promises";
import { type Fetch, RemoteError } from "@portico/remote-api";
import type { AuthClient, JWTOptions, UserRefreshClientOptions } from "google-auth-library";
import type { Account } from "./account.ts";
import type { AuthSettings } from "./settings.ts";

/** What an account of Google's own kinds is made of. */
export interface GoogleAccountOptions {
  readonly name: string;
  readonly settings: AuthSettings;
  readonly scopes: readonly string[];
  readonly fetch: Fetch;
}

interface Opened {
  readonly client: AuthClient;
  /** A service account has what it asks for; of others nobody says. */
  readonly isServiceAccount: boolean;
}

/** An account that is no user's sign-in: a service account, perhaps as a user, or application default credentials. */
export function googleAccount(options: GoogleAccountOptions): Account {
  let opened: Promise<Opened> | undefined;
  const open = () => {
    opened ??= openClient(options);
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  return {
    name: options.name,
    async accessToken(signal) {
      signal.throwIfAborted();
      try {
        const { token } = await (await open()).client.getAccessToken();
        signal.throwIfAborted();
        if (token) return token;
      } catch (error) {
        throw signal.aborted ? signal.reason : forCaller(error, options.settings);
      }
      throw new RemoteError(
        "no-credentials",
        "Google gave no token for these credentials; check their kind.",
      );
    },
    refused() {
      opened = undefined;
    },
    async grantedScopes() {
      const isKnown = await open().then(
        ({ isServiceAccount }) => isServiceAccount,
        () => false,
      );
      return isKnown ? new Set(options.scopes) : undefined;
    },
  };
}

async function openClient({ settings, scopes, fetch }: GoogleAccountOptions): Promise<Opened> {
  const { googleCredentials: path, subject } = settings;
  const content = path === undefined ? {} : await readCredentials(path);
  const { JWT, GoogleAuth, UserRefreshClient } = await import("google-auth-library");
  const transporterOptions = { fetchImplementation: fetch as typeof globalThis.fetch };
  if (content.type === "service_account") {
    const options: JWTOptions = { ...serviceAccount(content), scopes: [...scopes] };
    if (subject !== undefined) options.subject = subject;
    return { client: new JWT({ ...options, transporterOptions }), isServiceAccount: true };
  }
  if (subject !== undefined) {
    throw new RemoteError(
      "no-credentials",
      "Only a service account can act as another user; remove --subject, or give its key.",
    );
  }
  if (content.type === "authorized_user") {
    return {
      client: new UserRefreshClient({ ...user(content), transporterOptions }),
      isServiceAccount: false,
    };
  }
  // The library reads every other kind from where this variable says, and warns of all other ways to say it.
  if (path !== undefined) process.env.GOOGLE_APPLICATION_CREDENTIALS = path;
  const auth = new GoogleAuth({ scopes: [...scopes], clientOptions: { transporterOptions } });
  return { client: await auth.getClient(), isServiceAccount: false };
}

async function readCredentials(path: string): Promise<Readonly<Record<string, unknown>>> {
  const content = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw unfit(`cannot be read (${error.code})`);
  });
  try {
    const credentials: Record<string, unknown> | null = JSON.parse(content);
    if (typeof credentials?.type === "string") return credentials;
  } catch {
    // The error would quote the key.
  }
  throw unfit("is no JSON with a type");
}

function serviceAccount(content: Readonly<Record<string, unknown>>): JWTOptions {
  const { client_email: email, private_key: key, private_key_id: keyId } = content;
  if (typeof email !== "string" || typeof key !== "string") {
    throw unfit("lacks client_email or private_key");
  }
  return { email, key, ...(typeof keyId === "string" && { keyId }) };
}

function user(content: Readonly<Record<string, unknown>>): UserRefreshClientOptions {
  const { client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken } = content;
  const texts = [clientId, clientSecret, refreshToken];
  if (texts.some((text) => typeof text !== "string")) {
    throw unfit("lacks client_id, client_secret or refresh_token");
  }
  return { clientId, clientSecret, refreshToken } as UserRefreshClientOptions;
}

function unfit(why: string): RemoteError {
  return new RemoteError(
    "no-credentials",
    `GOOGLE_APPLICATION_CREDENTIALS cannot be used: the file ${why}; download it again, or make a new key of the service account.`,
  );
}

/** Errors of the library hold the signed request; of them only Google's code is shown. */
function forCaller(error: unknown, { subject }: AuthSettings): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof RemoteError) return cause;
  }
  const { response } = error as { response?: { data?: { error?: unknown } } };
  const code = response?.data?.error;
  const said = typeof code === "string" && /^\w{1,40}$/.test(code) ? ` (${code})` : "";
  const advice =
    subject === undefined
      ? "check that their key was not deleted, and this machine's clock"
      : "check the key, and that domain-wide delegation allows its client the scopes for that user";
  return new RemoteError("no-credentials", `Google refused the credentials${said}; ${advice}.`);
}
