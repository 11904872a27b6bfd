/** What the operator said of accounts, judged. What is undefined was not given. */
export interface AuthSettings {
  /** File with the keys of an OAuth client. */
  readonly oauthPath?: string | undefined;
  /** File with the token of the account called `default`. */
  readonly credentialsPath?: string | undefined;
  /** Folder with a file for each account. */
  readonly accountsFolder?: string | undefined;
  /** The account meant where none is named. */
  readonly account: string;
  /** 32 bytes that token files are encrypted with. */
  readonly tokenKey?: Uint8Array | undefined;
  /** Key of a service account, or a file of application default credentials. */
  readonly googleCredentials?: string | undefined;
  /** The user a service account acts as. */
  readonly subject?: string | undefined;
  readonly applicationDefault: boolean;
  readonly accessToken?: string | undefined;
  readonly refreshToken?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** In place of those the tools need; empty where the operator leaves it to them. */
  readonly scopes: readonly string[];
  readonly authPort?: number | undefined;
}
