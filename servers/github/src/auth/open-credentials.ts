import { type Fetch, RemoteError } from "@portico/remote-api";
import type { Addresses } from "../api/base.ts";
import type { AccountSource } from "./accounts-file.ts";
import { type Credential, type Credentials, tokenCredentials } from "./credential.ts";
import type { AuthSettings } from "./settings.ts";

/** What credentials need besides the operator's settings. */
export interface Surroundings {
  readonly addresses: Pick<Addresses, "rest" | "pages">;
  /** Told in a sentence what the operator should know. */
  readonly warn: (sentence: string) => void;
  /** Asks for tokens. Default: with a time limit and retries. */
  readonly fetch?: Fetch;
}

/**
 * Who acts for whom, as the operator wants it: each owner of the file of accounts has its own credential, all others the
 * usual one. Nothing is read or asked for before it is needed.
 */
export function openCredentials(settings: AuthSettings, surroundings: Surroundings): Credentials {
  const usual = usualCredentials(settings, surroundings);
  if (settings.owners.size === 0) return usual;
  const opened = new Map<string, Credentials>();
  const sourceOf = (owner: string, source: AccountSource) => {
    const known = opened.get(owner) ?? fromSource(owner, source, settings, surroundings);
    opened.set(owner, known);
    return known;
  };
  return {
    for(owner, signal) {
      const name = owner?.toLowerCase() ?? "*";
      const key = settings.owners.has(name) ? name : "*";
      const source = settings.owners.get(key);
      return (source ? sourceOf(key, source) : usual).for(owner, signal);
    },
  };
}

function usualCredentials(settings: AuthSettings, surroundings: Surroundings): Credentials {
  const { token, app, account } = settings;
  if (token !== undefined) return tokenCredentials(token);
  if (app) return ofApp(app, surroundings);
  const nobody = () => nobodySignedIn(surroundings.addresses);
  return lazily(() => ofLogin(account, settings, surroundings, nobody));
}

function fromSource(
  owner: string,
  source: AccountSource,
  settings: AuthSettings,
  surroundings: Surroundings,
): Credentials {
  if (source.kind === "app") return ofApp(source.app, surroundings);
  return lazily(async () => {
    if (source.kind === "login") {
      const nobody = () => notSignedIn(source.account);
      return ofLogin(source.account, settings, surroundings, nobody);
    }
    const { fileCredential, variableCredential } = await import("./token-credential.ts");
    if (source.kind === "token-file") return fileCredential(owner, source.path);
    return variableCredential(owner, source.name);
  });
}

function ofApp(app: NonNullable<AuthSettings["app"]>, surroundings: Surroundings): Credentials {
  let opened: Promise<Credentials> | undefined;
  return {
    async for(owner, signal) {
      opened ??= import("./app-credentials.ts").then((module) =>
        module.appCredentials(app, surroundings),
      );
      return (await opened).for(owner, signal);
    },
  };
}

async function ofLogin(
  account: string,
  settings: AuthSettings,
  surroundings: Surroundings,
  nobody: () => RemoteError,
): Promise<Credential> {
  const { loginCredential } = await import("./login-credential.ts");
  return loginCredential(account, settings, surroundings, nobody);
}

/** The same credential for everything, made when it is first needed. */
function lazily(make: () => Promise<Credential>): Credentials {
  let made: Promise<Credential> | undefined;
  return {
    for() {
      made ??= make();
      return made;
    },
  };
}

function nobodySignedIn({ pages }: Pick<Addresses, "pages">): RemoteError {
  return new RemoteError(
    "no-credentials",
    `No credential is set: make a token at ${pages}/settings/personal-access-tokens and start the server with GITHUB_PERSONAL_ACCESS_TOKEN set to it, or run portico-github login.`,
  );
}

function notSignedIn(account: string): RemoteError {
  return new RemoteError(
    "no-credentials",
    `Nobody is signed in as the account "${account}"; run portico-github login --account=${account}.`,
  );
}
