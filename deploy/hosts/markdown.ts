/** Characters a line of prose may have. */
const WIDTH = 120;

/** A block of code. */
export function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** A table; an empty cell of its head leaves a column without a name. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Parts of a page with an empty line between them; a part that is left out is undefined. */
export function page(...parts: readonly (string | undefined)[]): string {
  return `${parts.filter((part) => part !== undefined).join("\n\n")}\n`;
}

/** Sentences as a paragraph. */
export function prose(...sentences: readonly (string | undefined)[]): string {
  const lines = [""];
  for (const word of sentences
    .filter((one) => one !== undefined)
    .join(" ")
    .split(" ")) {
    const line = lines.at(-1)!;
    if (line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.join("\n");
}

/** The anchor of a heading, as GitHub derives it from plain words. */
export function anchor(heading: string): string {
  return heading.toLowerCase().replaceAll(" ", "-");
}
