import { createHmac } from "node:crypto";

/** A line of OpenSSH's `known_hosts` that is about one host. */
export interface KnownKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`, … */
  readonly type: string;
  readonly key: Buffer;
  /** A key that must never be accepted again. */
  readonly isRevoked: boolean;
}

/** The keys that a `known_hosts` file has for a host. Certificate authorities are passed over: nothing here checks them. */
export function knownKeys(file: string, host: string, port: number): readonly KnownKey[] {
  const name = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
  const keys: KnownKey[] = [];
  for (const line of file.split(/\r?\n/)) {
    const words = line.trim().split(/\s+/);
    const marker = words[0]?.startsWith("@") ? words.shift() : undefined;
    const [names, type, key] = words;
    if (!names || !type || !key || names.startsWith("#") || marker === "@cert-authority") continue;
    if (!isAbout(names, name)) continue;
    keys.push({ type, key: Buffer.from(key, "base64"), isRevoked: marker === "@revoked" });
  }
  return keys;
}

/** Whether a key that a host shows is the one known of it. */
export function isKnown(shown: Buffer, keys: readonly KnownKey[]): boolean {
  const same = keys.filter(({ key }) => key.equals(shown));
  return same.length > 0 && !same.some(({ isRevoked }) => isRevoked);
}

function isAbout(names: string, host: string): boolean {
  if (names.startsWith("|1|")) return isHashOf(names, host);
  const patterns = names.toLowerCase().split(",");
  const matches = (pattern: string) => globOf(pattern).test(host);
  if (patterns.some((pattern) => pattern.startsWith("!") && matches(pattern.slice(1))))
    return false;
  return patterns.some((pattern) => !pattern.startsWith("!") && matches(pattern));
}

/** `|1|salt|hash`: names that the file is not to give away. */
function isHashOf(hashed: string, host: string): boolean {
  const [, , salt = "", hash = ""] = hashed.split("|");
  return createHmac("sha1", Buffer.from(salt, "base64")).update(host).digest("base64") === hash;
}

function globOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`);
}
