import { Reply, s, text } from "@portico/core";

/** The structured output of tools whose answer is text. */
export const textOutput = s.object({ content: s.string() });

/** An answer that is text, as content and as structured content. */
export function said(content: string): Reply<{ content: string }> {
  return new Reply(content, { content });
}

/**
 * An answer with more than its text: `fields` are only in the structured content. A note on what is missing
 * is a text block of its own, so that the first one stays what the file or listing is.
 */
export function answer<Fields extends object>(
  content: string,
  fields: Fields,
  note?: string,
): Reply<{ content: string } & Fields> {
  const blocks = note === undefined ? [text(content)] : [text(content), text(note)];
  return new Reply(blocks, { content, ...fields });
}
