import { maskCredentials } from "../kernel/secrets.ts";

/** Most characters of one text from outside that are written down. */
const MOST_CHARACTERS = 256;

/**
 * Text from outside, fit for one line of a log: control characters and those that turn the direction of writing
 * are written out, so that none can forge a line or act on a terminal, and what is too long is cut.
 */
export function printable(text: string): string {
  const cut = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  if (/^[ -~]*$/.test(cut)) return cut;
  return cut.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
  });
}

/** A URI fit for a log: without the password before its host and the secrets among its query's parameters. */
export function printableUri(uri: string): string {
  return printable(maskCredentials(uri));
}
