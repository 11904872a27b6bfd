import { cutText } from "@portico/remote-api";

/** A text within a budget, and where it was longer a word that says so. */
export function shortened(text: string, tokens: number): string {
  const { text: cut, isCut } = cutText(text, tokens);
  return isCut ? `${cut} [cut]` : text;
}
