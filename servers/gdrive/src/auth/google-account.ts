import { unlessAborted } from "@portico/auth/installed";
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

/** An account that is no user's sign-in: a service account, perhaps as a user, or application default credentials. */
export function googleAccount(options: GoogleAccountOptions): Account {
  let opened: Promise<AuthClient> | undefined;
  const open = () => {
    opened ??= openClient(options);
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  const ask = async () => {
    const { token } = await (await open()).getAccessToken();
    if (token) return token;
    throw refused("Google gave no token for these credentials; check their kind.");
  };
  return {
    name: options.name,
    accessToken(signal) {
      const asked = ask().catch((error: unknown) => {
        throw forCaller(error, options.settings);
      });
      return unlessAborted(asked, signal);
    },
    refused() {
      opened = undefined;
    },
    async grantedScopes() {
      // A service account has what it asks for; of others nobody says. The library is not needed for that.
      const { type } = await readCredentials(options.settings).catch(() => ({ type: undefined }));
      return type === "service_account" ? new Set(options.scopes) : undefined;
    },
  };
}

async function openClient({ settings, scopes, fetch }: GoogleAccountOptions): Promise<AuthClient> {
  const { googleCredentials: path, subject } = settings;
  const content = await readCredentials(settings);
  const { JWT, GoogleAuth, UserRefreshClient } = await import("google-auth-library");
  const transporterOptions = { fetchImplementation: fetch as typeof globalThis.fetch };
  if (content.type === "service_account") {
    const options: JWTOptions = { ...serviceAccount(content), scopes: [...scopes] };
    if (subject !== undefined) options.subject = subject;
    return new JWT({ ...options, transporterOptions });
  }
  if (subject !== undefined) {
    throw refused(
      "Only a service account can act as another user; remove --subject, or give its key.",
    );
  }
  if (content.type === "authorized_user") {
    return new UserRefreshClient({ ...user(content), transporterOptions });
  }
  // The library reads every other kind from where this variable says, and warns of all other ways to say it.
  if (path !== undefined) process.env.GOOGLE_APPLICATION_CREDENTIALS = path;
  const auth = new GoogleAuth({ scopes: [...scopes], clientOptions: { transporterOptions } });
  return auth.getClient().catch(() => {
    throw refused(
      "This machine has no application default credentials that can be used; run gcloud auth application-default login with the scopes, or set GOOGLE_APPLICATION_CREDENTIALS to a key.",
    );
  });
}

async function readCredentials({
  googleCredentials: path,
}: AuthSettings): Promise<Readonly<Record<string, unknown>>> {
  if (path === undefined) return {};
  const { readFile } = await import("node:fs/promises");
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
  return refused(
    `GOOGLE_APPLICATION_CREDENTIALS cannot be used: the file ${why}; download it again, or make a new key of the service account.`,
  );
}

function refused(sentence: string): RemoteError {
  return new RemoteError("no-credentials", sentence);
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
  return refused(`Google refused the credentials${said}; ${advice}.`);
}
