/** A machine that is reached by SSH and sees the database. */
export interface TunnelSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** A private key's file. */
  readonly keyFile: string | undefined;
  /** Functions, so that nothing that prints the settings prints them. */
  readonly keyPassword: () => string | undefined;
  readonly password: () => string | undefined;
  /** The socket of an SSH agent. */
  readonly agent: string | undefined;
  /** Which machines are known, in OpenSSH's format. */
  readonly knownHostsFile: string;
}
