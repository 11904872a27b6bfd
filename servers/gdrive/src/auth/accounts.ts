import type { Fetch } from "@portico/remote-api";
import { RemoteError } from "@portico/remote-api";
import type { Account, Accounts } from "./account.ts";
import { listAccounts } from "./list-accounts.ts";
import type { AuthSettings } from "./settings.ts";

/** What {@link openAccounts} needs besides the operator's settings. */
export interface AccountsOptions {
  /** What tools need; the operator's own scopes take their place. */
  readonly scopes: readonly string[];
  /** Told in a sentence what the operator should know. */
  readonly warn: (sentence: string) => void;
  /** Asks for tokens. Default: with a time limit and retries. */
  readonly fetch?: Fetch;
}

/** Who signs in while the server runs is seen this many milliseconds later. */
const REMEMBERED_MS = 2_000;

/** The operator's accounts: one given ready-made or by a key is the default one, others lie in files. */
export function openAccounts(settings: AuthSettings, options: AccountsOptions): Accounts {
  const opened = new Map<string, Promise<Account>>();
  let known: { readonly names: readonly string[]; readonly at: number } | undefined;
  const names = async () => {
    if (known && Date.now() - known.at < REMEMBERED_MS) return known.names;
    known = { names: await listAccounts(settings), at: Date.now() };
    return known.names;
  };
  return {
    names,
    async get(wanted) {
      const name = chosen(await names(), wanted, settings);
      const account =
        opened.get(name) ??
        import("./lazy.ts").then(({ openAccount }) => openAccount(name, settings, options));
      opened.set(name, account);
      return account;
    },
  };
}

function chosen(
  names: readonly string[],
  wanted: string | undefined,
  { account }: AuthSettings,
): string {
  const [only] = names;
  if (wanted !== undefined && names.includes(wanted)) return wanted;
  if (only === undefined) throw nobody();
  if (wanted !== undefined) {
    throw refused(`There is no account "${wanted}"; there are ${names.join(", ")}.`);
  }
  if (names.includes(account)) return account;
  if (names.length === 1) return only;
  throw refused(`Several accounts are signed in; name one of ${names.join(", ")}.`);
}

function nobody(): RemoteError {
  return refused(
    "Nobody is signed in to Google: make an OAuth client of the type desktop app at https://console.cloud.google.com/apis/credentials, set GDRIVE_OAUTH_PATH to its keys file, and run portico-gdrive auth; or set GOOGLE_APPLICATION_CREDENTIALS to the key of a service account.",
  );
}

function refused(sentence: string): RemoteError {
  return new RemoteError("no-credentials", sentence);
}
