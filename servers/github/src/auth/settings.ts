import type { AccountSource } from "./accounts-file.ts";

/** A GitHub App as the operator has it. */
export interface AppSettings {
  /** Its id or its client id. */
  readonly id: string;
  /** Undefined: found by the owner a call is about. */
  readonly installationId?: number | undefined;
  /** Its private key in PEM, read when it is needed. */
  readonly key: { readonly path: string } | { readonly pem: string };
}

/** What the operator said of credentials, judged. The first of token, app and login that is there is used. */
export interface AuthSettings {
  readonly token?: string | undefined;
  readonly app?: AppSettings | undefined;
  /** The OAuth client that people sign in to. */
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly oauthScopes: readonly string[];
  readonly callbackPort?: number | undefined;
  /** Whose kept token is used. */
  readonly account: string;
  readonly accountsFolder?: string | undefined;
  /** 32 bytes that kept tokens are encrypted with. */
  readonly tokenKey?: Uint8Array | undefined;
  /** Who acts for which owner, in lower case; `*` for all others. */
  readonly owners: ReadonlyMap<string, AccountSource>;
}
