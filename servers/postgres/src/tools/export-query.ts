import { Reply, resourceLink, s, text } from "@portico/core";
import type { Export } from "../exports/exports.ts";
import { EXPORT_FORMATS } from "../exports/lines.ts";
import { judge } from "../guard/judge.ts";
import { ownerOf } from "../owner.ts";
import { describeExport } from "../resources/exports.ts";
import { offsetOf, shifted } from "../statement/shifted.ts";
import { admit } from "./shared/admit.ts";
import { UNTRUSTED_META } from "./shared/answer.ts";
import { databaseTool } from "./shared/database-tool.ts";
import { parametersOf, params } from "./shared/statement.ts";

/** Rows held at once: with more, what they are made of outlives V8's short collections, and memory grows. */
const PORTION = 250;

/** Writes all rows of a statement to a file the client can read as a resource. */
export const exportQuery = databaseTool({
  name: "export_query",
  title: "Export Query",
  description:
    "Write all rows of a statement that only reads to a CSV or JSON Lines file, up to 100 MB, and get links to it; read them as resources. The rows do not pass through this answer. Files are kept for an hour.",
  input: s.object({
    sql: s.string({ description: "One statement that only reads" }),
    params,
    format: s.optional(s.enum(EXPORT_FORMATS, { default: "csv" })),
  }),
  output: s.object({
    rows: s.integer(),
    bytes: s.integer(),
    uris: s.array(s.string(), { description: "Parts of the file, in order" }),
  }),
  annotations: { readOnlyHint: true, idempotentHint: false },
  async run({ sql, params, format = "csv" }, on, ctx) {
    const judgement = await judge(sql, "read-only");
    const request = {
      owner: ownerOf(ctx),
      database: on.database.name,
      format,
      progress: (rows: number) => ctx.progress(rows, undefined, `${rows} rows written`),
    };
    const made = await shifted(offsetOf(judgement.sql, sql), () =>
      on.read(async (session) => {
        const admitted = await admit(session, judgement, on, ctx);
        const rows = admitted.stream(judgement.sql, parametersOf(params), PORTION);
        return ctx.deps.exports.write(rows, request);
      }),
    );
    const parts = describeExport(made);
    const structured = { rows: made.rows, bytes: made.bytes, uris: parts.map(({ uri }) => uri) };
    const said = [sentenceOn(made), ...structured.uris].join("\n");
    const blocks = [text(said), ...parts.map((part) => resourceLink(part))];
    return new Reply(blocks, structured, UNTRUSTED_META);
  },
});

function sentenceOn({ rows, bytes, parts, defused }: Export): string {
  const cut = parts > 1 ? `, in ${parts} parts that follow one another` : "";
  const marked =
    defused > 0
      ? ` Texts a spreadsheet would run as formulas got an apostrophe before them: ${defused}.`
      : "";
  return `Wrote ${rows} rows, ${bytes} bytes${cut}.${marked}`;
}
