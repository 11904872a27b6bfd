/** Stands where a secret was. */
export const REDACTED = "***";

const SECRET = /token|secret|passw|credential|authorization|cookie|api-?_?key|private-?_?key/i;

/** Whether a value called `name` must not be shown. */
export function isSecret(name: string): boolean {
  return SECRET.test(name);
}

/** The text without the password of any URL in it. */
export function maskCredentials(text: string): string {
  return text.includes("://")
    ? text.replaceAll(/(:\/\/[^\s/:@]*):[^\s/@]+@/g, `$1:${REDACTED}@`)
    : text;
}
