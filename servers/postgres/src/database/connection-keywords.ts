import { ConnectionSettingsError } from "./connection-settings.ts";
import type { Parameters } from "./connection-url.ts";

/** A name, then a value: quoted, or up to the next space; a backslash keeps the next character as it is. */
const PAIR =
  /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\[\s\S])*)'|((?:[^\s'\\]|\\[\s\S])(?:[^\s\\]|\\[\s\S])*)?)(?=\s|$)/y;

/**
 * Reads libpq's other form, `host=localhost dbname=app password='it\'s'`.
 * @throws {ConnectionSettingsError}
 */
export function parseKeywords(text: string): Parameters {
  const parameters: Parameters = new Map();
  const end = text.trimEnd().length;
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < end) {
    const match = PAIR.exec(text);
    if (!match) {
      throw new ConnectionSettingsError(
        "The connection string is neither a postgres:// URL nor name=value pairs; put a value with spaces between single quotes.",
      );
    }
    const value = (match[2] ?? match[3] ?? "").replace(/\\([\s\S])/g, "$1");
    if (value !== "") parameters.set(match[1]!, value);
  }
  return parameters;
}
