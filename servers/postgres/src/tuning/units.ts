const SIZES = ["B", "KB", "MB", "GB", "TB", "PB"] as const;

/** Bytes in the unit that reads best, 1,024 to the next: `1.5 MB`. */
export function bytes(count: number): string {
  const power = count < 1 ? 0 : Math.min(Math.floor(Math.log2(count) / 10), SIZES.length - 1);
  return `${power === 0 ? Math.round(count) : significant(count / 1024 ** power)} ${SIZES[power]}`;
}

const TIMES = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** Seconds in the two largest units that matter: `2 d 3 h`, `45 s`, `12.3 ms`. */
export function duration(seconds: number): string {
  if (seconds < 1) return `${significant(seconds * 1_000)} ms`;
  const first = TIMES.findIndex(([, length]) => seconds >= length);
  const [unit, length] = TIMES[first]!;
  if (unit === "s") return `${significant(seconds)} s`;
  const [smaller, smallerLength] = TIMES[first + 1]!;
  const rest = Math.floor((seconds % length) / smallerLength);
  return `${Math.floor(seconds / length)} ${unit}${rest > 0 ? ` ${rest} ${smaller}` : ""}`;
}

/** A share between 0 and 1: `12.3 %`. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return "under 0.1 %";
  return `${Number((share * 100).toFixed(1))} %`;
}

/** A count with its thousands apart: `1,234,567`. */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** `one table`, `3 tables`. */
export function counted(number: number, one: string, many: string = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** One line, at most `most` characters of it: statements are long. */
export function oneLine(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}

/** Three digits are enough to compare by. */
function significant(value: number): string {
  if (value === 0) return "0";
  if (value >= 100) return count(value);
  return String(Number(value.toPrecision(3)));
}
