import type { Account } from "./auth/account.ts";
import { type Google, openGoogle } from "./google/google.ts";

/** Google's APIs for an account; always the same for one, so that its requests wait for each other. */
export type OpenGoogle = (account: Account) => Google;

/** Opens each account once, at Google or below the operator's own address. */
export function openOnce(root?: URL): OpenGoogle {
  const opened = new WeakMap<Account, Google>();
  return (account) => {
    const google = opened.get(account) ?? openGoogle(account, root);
    opened.set(account, google);
    return google;
  };
}
