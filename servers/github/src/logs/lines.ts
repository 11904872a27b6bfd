import { maskSecrets } from "./mask.ts";

// Colours and cursor movements of a terminal (ECMA-48, CSI and OSC sequences).
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const TERMINAL = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;

/** Each line of a log begins with when it was written, to a ten millionth of a second. */
const WRITTEN_AT = /^\ufeff?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z /gm;

/** The last lines of a log. */
export interface Tail {
  readonly text: string;
  /** Lines the whole log has. */
  readonly total: number;
  /** Lines of them in `text`. */
  readonly shown: number;
}

/** A private key has fewer lines; where one begins before the tail, its end is still recognised. */
const LINES_OF_KEY = 120;

/** The last `most` lines of a log, without the time each was written at, without colours and without secrets. */
export function tailOf(log: string, most: number): Tail {
  const lines = log.replace(/\r?\n$/, "").split(/\r?\n/);
  const total = log === "" ? 0 : lines.length;
  const last = lines.slice(-most - LINES_OF_KEY).join("\n");
  const shown = maskSecrets(last.replace(TERMINAL, "").replace(WRITTEN_AT, "")).split("\n");
  return { text: shown.slice(-most).join("\n"), total, shown: Math.min(most, total) };
}

/** The end of `text` that fits into `bytes`, from the beginning of a line where it can be. */
export function endOf(text: string, bytes: number): string {
  const whole = Buffer.from(text);
  if (whole.byteLength <= bytes) return text;
  const end = whole
    .subarray(-bytes)
    .toString()
    .replace(/^\ufffd+/, "");
  const line = end.indexOf("\n");
  return line < 0 || line === end.length - 1 ? end : end.slice(line + 1);
}
