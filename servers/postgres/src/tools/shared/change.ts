import { Reply, type Schema, s } from "@portico/core";
import type { Session } from "../../database/database.ts";
import { type PageLimits, takePage } from "../../rows/page.ts";
import { data } from "./answer.ts";
import { type Asked, columns, dataOf, noteOn, portionsOf, type RowsOutput, rows } from "./rows.ts";

/** What a statement did, and the rows it gave. */
export interface ChangeOutput extends Pick<RowsOutput, "columns" | "rows"> {
  readonly command?: string;
  readonly affected?: number;
}

/** The structured output of tools that change something. */
export const changeOutput: Schema<ChangeOutput> = s.object({
  command: s.optional(s.string({ description: "INSERT, UPDATE, …" })),
  affected: s.optional(s.integer({ description: "Rows it changed" })),
  columns,
  rows,
});

/** Runs a statement to its end, and answers with what it did and the first rows of RETURNING. */
export async function change(
  session: Session,
  asked: Asked,
  limits: PageLimits,
): Promise<Reply<ChangeOutput>> {
  const portions = portionsOf(session, asked, limits.rows);
  try {
    const page = await takePage(portions, limits);
    await portions.drain();
    const { command, affected } = portions.outcome;
    const done = sentence(command, affected);
    if (page.columns.length === 0) return changed(command, affected);
    const note = noteOn(page, "all of them were changed; raise limit to see more.");
    const structured = { ...dataOf(page), command, ...(affected !== undefined && { affected }) };
    return data(page.text, structured, [done, ...(note === undefined ? [] : [note])].join(" "));
  } finally {
    await portions.end();
  }
}

/** Answers with what a statement did that gave no rows. */
export function changed(command: string, affected: number | undefined): Reply<ChangeOutput> {
  const structured = {
    command,
    ...(affected !== undefined && { affected }),
    columns: [],
    rows: [],
  };
  return new Reply(sentence(command, affected), structured);
}

function sentence(command: string, affected: number | undefined): string {
  return affected === undefined ? `${command}: done.` : `${command}: ${affected} rows.`;
}
