import { createHash, randomBytes } from "node:crypto";

/** A token for the caller `id`, and the line of the file of `--auth-tokens` that makes a server accept it. */
export function tokenFor(id: string): { readonly token: string; readonly line: string } {
  const token = `portico_${randomBytes(32).toString("base64url")}`;
  return { token, line: `${createHash("sha256").update(token).digest("hex")} ${id}` };
}
