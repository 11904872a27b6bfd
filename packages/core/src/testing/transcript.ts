import type { JsonObject } from "../schema/json-schema.ts";

/** One line of a transcript that counts: who speaks, and what. */
export interface Line {
  readonly from: "client" | "server";
  readonly message: JsonObject | readonly JsonObject[];
  /** Where it stands, from 1. */
  readonly number: number;
}

/**
 * Reads a transcript: plain text in which a line that starts with `->` is a message of the client, one that
 * starts with `<-` a message of the server, and anything else is prose. A message may go on over lines that
 * are indented.
 * @throws {SyntaxError} naming the line, when a message is not JSON
 */
export function readTranscript(text: string): Line[] {
  const lines: Line[] = [];
  let open: { from: Line["from"]; number: number; json: string } | undefined;
  const finish = () => {
    if (open) lines.push({ from: open.from, number: open.number, message: parse(open) });
    open = undefined;
  };
  for (const [index, line] of text.split("\n").entries()) {
    const arrow = /^(->|<-)\s*(.*)$/.exec(line);
    if (arrow) {
      finish();
      const from = arrow[1] === "->" ? "client" : "server";
      open = { from, number: index + 1, json: arrow[2] ?? "" };
    } else if (open && /^\s+\S/.test(line)) {
      open.json += line;
    } else {
      finish();
    }
  }
  finish();
  return lines;
}

function parse({ json, number }: { json: string; number: number }): Line["message"] {
  try {
    return JSON.parse(json) as JsonObject;
  } catch {
    throw new SyntaxError(`Line ${number} of the transcript starts a message that is not JSON.`);
  }
}
