/** A word, or a part whose end is found by rules of its own (PostgreSQL, "Lexical Structure"). */
const PART = new RegExp(
  [
    /--[^\r\n]*/,
    /(?<comment>\/\*)/,
    /"[^"]*"?/,
    // Strings that follow each other on lines of their own are one, with the rules of the first.
    /(?<escaped>[eE]'(?:[^'\\]|\\.|''|'\s*[\r\n]\s*')*(?:'|\\?$))/,
    /(?<quoted>'(?:[^']|''|'\s*[\r\n]\s*')*'?)/,
    /(?<dollars>\$(?<tag>(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?)\$.*?(?:\$\k<tag>\$|$))/,
    /[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gs",
);

/**
 * A statement of somebody else as it may be shown: its strings are left out, as PostgreSQL keeps what `ALTER ROLE …
 * PASSWORD '…'` and its like say word for word. A text that was cut ends within its last part.
 */
export function withoutStrings(sql: string): string {
  const part = new RegExp(PART);
  let shown = "";
  let from = 0;
  for (let found = part.exec(sql); found !== null; found = part.exec(sql)) {
    const { comment, escaped, quoted, dollars } = found.groups ?? {};
    if (comment !== undefined) part.lastIndex = endOfComment(sql, part.lastIndex);
    if ((escaped ?? quoted ?? dollars) === undefined) continue;
    shown += `${sql.slice(from, found.index)}'…'`;
    from = part.lastIndex;
  }
  return shown + sql.slice(from);
}

/** Comments nest. */
function endOfComment(sql: string, begin: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = begin;
  let depth = 1;
  while (depth > 0) {
    const found = mark.exec(sql);
    if (found === null) return sql.length;
    depth += found[0] === "/*" ? 1 : -1;
  }
  return mark.lastIndex;
}
