/** Writes a name as SQL, whatever is in it: the one place where a name becomes part of a statement. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The same for a name in a schema. */
export function quoteQualified(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

const PLAIN = /^[a-z_][a-z0-9_$]*$/;

/** A name as one would write it by hand: in quotes only where it needs them. Keywords go without. */
export function displayIdentifier(name: string): string {
  return PLAIN.test(name) ? name : quoteIdentifier(name);
}
