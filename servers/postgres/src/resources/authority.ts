import type { Database } from "../database/database.ts";

/** Where a database is, as the archived server's URIs say it: without user, password and usual port. */
export function authorityOf({ publicUrl }: Pick<Database, "publicUrl">): string {
  return plainAuthority(publicUrl.replace(/^postgres:\/\//, "").replace(/\/.*$/s, ""));
}

/** The same of a URI that a client kept: it may name a user, and even a password, which nobody looks at. */
export function plainAuthority(written: string): string {
  return written.slice(written.lastIndexOf("@") + 1).replaceAll(/:5432(?=,|$)/g, "");
}
