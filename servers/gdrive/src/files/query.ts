/** A text as a value in Drive's query language, whatever it holds. */
export function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** What is looked for; all of it must hold. */
export interface Wanted {
  /** Words in a name or in the contents, in any order; in double quotes, one after the other. */
  readonly words?: string | undefined;
  /** A whole condition of the query language. */
  readonly condition?: string | undefined;
  /** The id of the folder it lies in. */
  readonly folder?: string | undefined;
  /** A MIME type. */
  readonly type?: string | undefined;
}

/** The query that finds it. What lies in the trash is left out unless the condition speaks of the trash itself. */
export function queryFor({ words, condition, folder, type }: Wanted): string {
  const parts = [
    ...(words === undefined ? [] : [`fullText contains ${quoted(words)}`]),
    ...(condition === undefined ? [] : [`(${condition})`]),
    ...(folder === undefined ? [] : [`${quoted(folder)} in parents`]),
    ...(type === undefined ? [] : [`mimeType = ${quoted(type)}`]),
    ...(condition !== undefined && /\btrashed\b/.test(condition) ? [] : ["trashed = false"]),
  ];
  return parts.join(" and ");
}
