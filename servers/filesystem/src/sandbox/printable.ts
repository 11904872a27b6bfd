// Control, bidirectional and zero-width characters can make one name look like another (or like an
// instruction) once it is echoed; they are legal in file names, so they are shown, not removed.
// A function, because compiling the expression would cost every start.
const deceptive = () =>
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]/gu;

/** `text` with invisible and direction-changing characters written as `\u{...}`, so that names cannot deceive a reader. */
export function printable(text: string): string {
  return text.replace(deceptive(), (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}

const longest = 300;

/** A path as errors quote it: printable, in quotation marks, its middle cut when it is very long. */
export function quoted(path: string): string {
  const safe = printable(path);
  if (safe.length <= longest) return `"${safe}"`;
  return `"${safe.slice(0, longest / 2)}…${safe.slice(-longest / 2)}"`;
}

/** The same for JSON with line breaks between its tokens: the characters become JSON's own escapes, so that it stays what it is. */
export function printableJson(json: string): string {
  return json.replace(deceptive(), (char) => (char === "\n" ? char : escapedUnits(char)));
}

function escapedUnits(char: string): string {
  const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
