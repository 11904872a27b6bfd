/** What a value of a row is to whoever gets it: JSON, with nothing rounded. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** Reads the text PostgreSQL wrote for a value. */
export type Read = (text: string) => Value;

/** Text is what was written: also numeric and int8, which JavaScript's numbers cannot hold exactly. */
export const readText: Read = (text) => text;

export const readBoolean: Read = (text) => text === "t";

export const readInteger: Read = Number;

/** JSON has no NaN and no infinity: they stay text. */
export const readFloat: Read = (text) => {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
};

/** A number this long may be more exact than JavaScript's numbers are. */
const LONG_NUMBER = /\d[\d.]{15}|\d[eE]/;

/** Parses JSON; a number in it that JavaScript would round becomes its text. */
export const readJson: Read = (text) =>
  LONG_NUMBER.test(text) ? JSON.parse(text, exactly as Reviver) : JSON.parse(text);

type Reviver = (key: string, value: unknown) => unknown;

function exactly(_key: string, value: Value, { source }: { source?: string }): Value {
  if (typeof value !== "number" || source === undefined) return value;
  return canonical(source) === canonical(String(value)) ? value : source;
}

/** A decimal number as its digits and power of ten, so that 1.10 and 11e-1 are the same. */
function canonical(number: string): string {
  const [, sign = "", whole = "", fraction = "", power = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return `${sign}${significant}e${exponent}`;
}
