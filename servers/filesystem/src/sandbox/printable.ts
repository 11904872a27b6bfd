// Control, bidirectional and zero-width characters can make one name look like another (or like an
// instruction) once it is echoed; they are legal in file names, so they are shown, not removed.
const invisible = String.raw`\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\u{e0000}-\u{e007f}`;

// Compiled when the first name needs them, because that would cost every start.
const deceptive = once(() => new RegExp(`[\\p{Cc}${invisible}]`, "gu"));
const deceptiveInJson = once(() => new RegExp(`[\\u007f-\\u009f${invisible}]`, "gu"));

function once(compile: () => RegExp): () => RegExp {
  let compiled: RegExp | undefined;
  return () => {
    compiled ??= compile();
    return compiled;
  };
}

/** `text` with invisible and direction-changing characters written as `\u{...}`, so that names cannot deceive a reader. */
export function printable(text: string): string {
  if (!/[^\x20-\x7e]/.test(text)) return text;
  return text.replace(deceptive(), (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}

/** The same for JSON, where control characters are escaped already, but for a few: it stays the JSON it is. */
export function printableJson(json: string): string {
  if (!/[^\x20-\x7e\n]/.test(json)) return json;
  return json.replace(deceptiveInJson(), escapedUnits);
}

function escapedUnits(char: string): string {
  const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

const longest = 300;

/** A path as errors quote it: printable, in quotation marks, its middle cut when it is very long. */
export function quoted(path: string): string {
  const safe = printable(path);
  if (safe.length <= longest) return `"${safe}"`;
  return `"${safe.slice(0, longest / 2)}…${safe.slice(-longest / 2)}"`;
}
