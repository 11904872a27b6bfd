/** Says why a client could not be authorized, in one sentence that tells the user what to do. It never holds a secret. */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  /** The `error` code of the authorization server (RFC 6749 section 5.2), where it gave one. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

const CODE = /^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/;
const LONGEST = 200;

/** An `error` code as RFC 6749 allows it, or nothing: what a stranger sent is not printed as it is. */
export function errorCode(value: unknown): string | undefined {
  return typeof value === "string" && CODE.test(value) ? value : undefined;
}

/**
 * The words an authorization server gave with an error, made fit to print: no control characters, not long, and
 * none of the `secrets` it was sent, should it repeat one.
 */
export function errorWords(value: unknown, secrets: Iterable<string> = []): string {
  if (typeof value !== "string" || value === "") return "";
  let words = value.replace(/[^\x20-\x7e]+/g, " ").trim();
  for (const secret of secrets) {
    if (secret.length >= 4) words = words.replaceAll(secret, "[secret]");
  }
  const cut = words.length > LONGEST ? `${words.slice(0, LONGEST)}...` : words;
  return cut && ` (${cut})`;
}
