import type { Account } from "./auth/account.ts";
import type { Google } from "./google/google.ts";

/** Google's APIs for an account; the same for as long as the server runs, so that its requests wait for each other. */
export type OpenGoogle = (account: Account) => Promise<Google>;

/** Opens what is not open yet, with code that is loaded when it is first needed. */
export function lazyGoogle(root?: URL): OpenGoogle {
  const opened = new WeakMap<Account, Promise<Google>>();
  return (account) => {
    const known =
      opened.get(account) ??
      import("./google/google.ts").then(({ openGoogle }) => openGoogle(account, root));
    opened.set(account, known);
    return known;
  };
}
