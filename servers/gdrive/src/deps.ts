import type { Accounts } from "./auth/account.ts";
import type { Jail } from "./jail/jail.ts";
import type { OpenGoogle } from "./open-google.ts";

/** What the tools and resources of this server work with. */
export interface Deps {
  readonly accounts: Accounts;
  /** Google's APIs for an account. */
  readonly google: OpenGoogle;
  /** Where files to upload lie; absent where the operator names no folder. */
  readonly uploads?: Jail | undefined;
  /** Where downloaded files go; absent where the operator names no folder. */
  readonly downloads?: Jail | undefined;
  /** Domains that files may be shared with unasked, in lower case. */
  readonly shareDomains: readonly string[];
  /** Whether callers who authenticated may use every account; otherwise only the one named as they are. */
  readonly sharesAccounts: boolean;
}
