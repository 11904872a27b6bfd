/** A page, and what in it can be run. */
export interface Page {
  readonly path: string;
  /** The path without folders and extension; a folder of that name holds its files. */
  readonly name: string;
  /** Blocks whose first line is `// file: name`. */
  readonly files: readonly { readonly name: string; readonly body: string }[];
  /** Names of the files that are tests. */
  readonly tests: readonly string[];
  /** What `$ node …` prints, as the page shows it. */
  readonly commands: readonly { readonly args: readonly string[]; readonly output: string }[];
  /** TypeScript blocks that do not say which file they are. */
  readonly nameless: readonly string[];
}

/** Reads a page of Markdown. */
export function readPage(path: string, markdown: string): Page {
  const blocks = [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, kind, text = ""]) => {
    const [, name, body = ""] = /^\/\/ file: (\S+)\n(.*)$/s.exec(text) ?? [];
    return { kind, text, name, body };
  });
  const files = blocks.flatMap(({ name, body }) => (name ? [{ name, body }] : []));
  return {
    path,
    name: path.replace(/^.*\/|\.md$/g, ""),
    files,
    tests: files.map(({ name }) => name).filter((name) => name.endsWith(".test.ts")),
    commands: blocks.flatMap(({ kind, text }) => {
      const [, args, output = ""] = /^\$ node ([^\n]+)\n(.*)$/s.exec(text) ?? [];
      return kind === "console" && args ? [{ args: args.split(" "), output }] : [];
    }),
    nameless: blocks.flatMap(({ kind, name, text }) => (kind === "ts" && !name ? [text] : [])),
  };
}
