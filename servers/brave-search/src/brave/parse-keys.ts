/** The keys in a text: separated by commas or lines, each once. */
export function parseKeys(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((key) => key !== ""))];
}
