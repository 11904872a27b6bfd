import type { ConnectionOptions } from "node:tls";
import type { SslSettings } from "./connection-settings.ts";
import { DatabaseError } from "./database.ts";

/** What to try on one host, in order: plain text, or TLS with these options. */
export type TlsAttempts = readonly (false | ConnectionOptions)[];

/**
 * How `sslmode` says to connect, with libpq's meaning: `require` alone checks nothing, and checks like `verify-ca`
 * once a root certificate is given. Without one, `verify-*` trusts what Node trusts.
 * @throws {DatabaseError} when a file cannot be read
 */
export async function tlsAttempts(ssl: SslSettings, isLocal: boolean): Promise<TlsAttempts> {
  if (ssl.mode === "disable" || isLocal) return [false];
  const options = await tlsOptions(ssl);
  if (ssl.mode === "allow") return [false, options];
  return ssl.mode === "prefer" ? [options, false] : [options];
}

async function tlsOptions(ssl: SslSettings): Promise<ConnectionOptions> {
  const [ca, cert, key] = await Promise.all([
    ssl.rootCertificate === "system" ? undefined : read(ssl.rootCertificate, "sslrootcert"),
    read(ssl.certificate, "sslcert"),
    read(ssl.key, "sslkey"),
  ]);
  const checksHost = ssl.mode === "verify-full";
  const checksChain = checksHost || ssl.mode === "verify-ca" || ca !== undefined;
  const passphrase = ssl.keyPassword();
  return {
    rejectUnauthorized: checksChain,
    ...(checksHost ? {} : { checkServerIdentity: () => undefined }),
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(key && passphrase !== undefined && { passphrase }),
  };
}

async function read(file: string | undefined, setting: string): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  const { readFile } = await import("node:fs/promises");
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `The file that ${setting} names cannot be read (${code}); check the path and who may read it.`;
    throw new DatabaseError("unreachable", message);
  }
}
