/** Stands where a secret was. */
export const REDACTED = "***";

const SECRET = /token|secret|passw|credential|authorization|cookie|api-?_?key|private-?_?key/i;

/** Says where tokens are, not what they are. */
const PLACE_OF_SECRETS = /^(--)?auth-tokens$/;

/** Whether a value called `name` must not be shown. */
export function isSecret(name: string): boolean {
  return SECRET.test(name) && !PLACE_OF_SECRETS.test(name);
}

/** The text without the password of any URL in it, be it before the host or among the query's parameters. */
export function maskCredentials(text: string): string {
  if (!text.includes("://")) return text;
  return (
    text
      // Up to the last @ before the path: people leave one in a password unescaped.
      .replaceAll(/(:\/\/[^\s/:@"']*):[^\s/"']+@/g, `$1:${REDACTED}@`)
      .replaceAll(/([?&])([^\s=&#"']+)=[^\s&#"']+/g, (parameter, before: string, name: string) =>
        isSecret(name) ? `${before}${name}=${REDACTED}` : parameter,
      )
  );
}
