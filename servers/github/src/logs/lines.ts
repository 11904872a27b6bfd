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

/** Characters of the end of a log that are looked at: more than any answer has room for. */
const MOST_CHARACTERS = 1_000_000;

/** The last `most` lines of a log, without the time each was written at, without colours and without secrets. */
export function tailOf(log: string, most: number): Tail {
  const end = log.endsWith("\n") ? log.length - 1 : log.length;
  const from = Math.max(startOfLast(log, end, most + LINES_OF_KEY), end - MOST_CHARACTERS);
  const last = log.slice(from, end).replaceAll("\r\n", "\n").replace(/\r$/, "");
  const lines = maskSecrets(last.replace(TERMINAL, "").replace(WRITTEN_AT, "")).split("\n");
  const text = lines.slice(-most).join("\n");
  const total = linesIn(log);
  return { text, total, shown: Math.min(most, total, lines.length) };
}

/** Where the last `count` lines before `end` begin. */
function startOfLast(log: string, end: number, count: number): number {
  let start = end;
  for (let line = 0; line < count && start >= 0; line++) {
    start = start === 0 ? -1 : log.lastIndexOf("\n", start - 1);
  }
  return start + 1;
}

function linesIn(log: string): number {
  let count = log === "" || log.endsWith("\n") ? 0 : 1;
  for (let at = log.indexOf("\n"); at >= 0; at = log.indexOf("\n", at + 1)) count++;
  return count;
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
