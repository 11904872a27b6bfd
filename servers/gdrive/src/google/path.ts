import { noId } from "./no-id.ts";

/**
 * Puts values into a path of Google Drive's, each as one segment of it: `` at`files/${fileId}/export` ``.
 * @throws {GoogleError} for a value that would lead elsewhere
 */
export function at(texts: TemplateStringsArray, ...values: readonly string[]): string {
  return texts.reduce((path, text, index) => path + segment(values[index - 1] ?? "") + text);
}

/** A URL resolves dots of a path even where they are encoded. */
function segment(value: string): string {
  if (/^\.{0,2}$/.test(value)) throw noId(value);
  return encodeURIComponent(value);
}
