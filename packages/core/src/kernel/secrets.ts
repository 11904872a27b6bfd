/** Stands where a secret was. */
export const REDACTED = "***";

const SECRET =
  /token|secret|passw|passphrase|credential|authorization|cookie|session|api-?_?key|private-?_?key|signature/i;

/** Whether a value under this name must not be shown or written down. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}

/** The text without the password of any URL in it, be it before the host or among the parameters after it. */
export function maskCredentials(text: string): string {
  if (!text.includes("://")) return text;
  return (
    text
      // Up to the last @ before the path: people leave one in a password unescaped.
      .replaceAll(/(:\/\/[^\s/:@"']*):[^\s/"']+@/g, `$1:${REDACTED}@`)
      .replaceAll(
        /([?&#;])([^\s=&#;"']+)=[^\s&#;"']+/g,
        (parameter, before: string, name: string) =>
          isSecretName(name) ? `${before}${name}=${REDACTED}` : parameter,
      )
  );
}
