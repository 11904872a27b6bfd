/** Stands where a secret was. */
export const REDACTED = "***";

const SECRET =
  /token|secret|passw|passphrase|credential|authorization|cookie|session|(?:api|private|access|encryption)[-_]?key|signature/i;
/** Words that other names contain by chance, or begin with: only the last word says what a value is. */
const SECRET_LAST = /(?:^|[^a-z])(?:pwd|pass|auth|bearer|jwt|otp|pin)\d*$/i;
const WORD_BORDER = /(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g;

/** Names that speak of a secret among the parameters of a URL, and seldom elsewhere. */
const SECRET_PARAMETER = /^(?:key|sig|code)$/i;

/** Whether a value under this name must not be shown or written down. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name) || SECRET_LAST.test(name.replaceAll(WORD_BORDER, "_"));
}

/**
 * The text without the credentials of any URL in it, be they before the host or among the parameters after it. A
 * user's name stays, but for HTTP and WebSocket, where a name alone is a token.
 */
export function maskCredentials(text: string): string {
  if (!text.includes("://")) return text;
  return (
    text
      // Up to the last @ before the path: people leave one in a name or a password unescaped.
      .replaceAll(/(:\/\/[^\s/:"']*):[^\s/"']+@/g, `$1:${REDACTED}@`)
      .replaceAll(/((?:https?|wss?):\/\/)[^\s/?#:"']+:?@/gi, `$1${REDACTED}@`)
      .replaceAll(
        /([?&#;])([^\s=&#;"']+)=[^\s&#;"']+/g,
        (parameter, before: string, name: string) =>
          isSecretName(name) || SECRET_PARAMETER.test(name)
            ? `${before}${name}=${REDACTED}`
            : parameter,
      )
  );
}

/** Headers whose value goes on to the end of the line. */
const HEADER = /\b((?:proxy-)?authorization|(?:set-)?cookie)([ \t]*:[ \t]*)[^\r\n"']+/gi;
/** A token without its header; one has a digit, and "the bearer of bad news" has none. */
const BEARER = /\b(bearer[ \t]+)(?=\S*\d)[\w.~+/=-]{8,}/gi;
/** A name and a sign that gives it a value. The user of a URL is no name. */
const ASSIGNED = /(?<![\w-]|:\/\/)([\w-]+)\\*["']?[ \t]*[=:]+(?!\/\/)[ \t]*/g;
/** A value: within quotes of quotes, quoted, or up to a space, with its scheme. */
const VALUE =
  /\\+["'][^"']*|(["']).*?(?:(?<!\\)\1|$)|(?:(?:basic|bearer|digest|dpop)[ \t]+)?[^\s&]*/isy;

/** The text without the credentials of URLs and headers, and without what it gives to names that speak of a secret. */
export function maskSecrets(text: string): string {
  return maskAssigned(
    maskCredentials(text).replaceAll(HEADER, `$1$2${REDACTED}`).replaceAll(BEARER, `$1${REDACTED}`),
  );
}

function maskAssigned(text: string): string {
  let masked = "";
  let end = 0;
  for (const { 0: whole, 1: name = "", index } of text.matchAll(ASSIGNED)) {
    if (index < end || !isSecretName(name)) continue;
    VALUE.lastIndex = index + whole.length;
    const value = VALUE.exec(text)?.[0];
    if (!value) continue;
    masked += text.slice(end, index) + whole + REDACTED;
    end = index + whole.length + value.length;
  }
  return masked + text.slice(end);
}
