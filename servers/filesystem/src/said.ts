import { Reply, s } from "@portico/core";

/** The structured output of tools whose answer is text. */
export const textOutput = s.object({ content: s.string() });

/** An answer that is text, as content and as structured content. */
export function said(content: string): Reply<{ content: string }> {
  return new Reply(content, { content });
}
