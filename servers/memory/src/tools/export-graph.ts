import { type Context, s, ToolError, type ToolValue } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import type { Deps } from "../deps.ts";
import { asOf } from "../instant.ts";
import type { OpenGraph } from "../open-graph.ts";
import { provenanceOf } from "../provenance.ts";
import { ENDING, FORMATS, type Format, formatGraph, formatOf } from "../transfer/format.ts";
import { answer, note } from "./shared/answer.ts";
import { Carried } from "./shared/carried.ts";
import { CHANGES, graphTool, READS } from "./shared/graph-tool.ts";
import { at, project } from "./shared/schemas.ts";

const format = s.optional(s.enum(FORMATS, { default: "jsonl" }));

const details = s.optional(
  s.boolean({ description: "json: also who wrote what when", default: false }),
);

const output = s.object({
  format: s.string(),
  entities: s.integer(),
  relations: s.integer(),
  bytes: s.integer(),
  content: s.optional(s.string()),
  file: s.optional(s.string()),
  note,
});

/** Gives a graph as text. */
export const exportGraph: ToolValue<Deps> = graphTool({
  name: "export_graph",
  title: "Export Graph",
  description:
    "Give a small graph as one text: jsonl (what the official server reads), json, a markdown page, or graphml.",
  input: s.object({ format, details, at, project }),
  output,
  annotations: READS,
  run: (wanted, graph, ctx) => exportText(wanted, graph, ctx),
});

/** Gives a graph as text, or as a file in the operator's folder. */
export const exportGraphToFile: ToolValue<Deps> = graphTool({
  name: "export_graph",
  title: "Export Graph",
  description:
    "Write the graph to a file of the server's folder, or give a small one as text: jsonl (what the official server reads), json, a markdown page, or graphml.",
  input: s.object({
    format,
    file: s.optional(s.string({ description: "Name of the file, no path; text when absent" })),
    overwrite: s.optional(s.boolean({ default: false })),
    details,
    at,
    project,
  }),
  output,
  annotations: CHANGES,
  async run({ file, overwrite = false, ...wanted }, graph, ctx) {
    const { folder } = ctx.deps;
    if (file === undefined || !folder) return exportText(wanted, graph, ctx);
    const { carried, format, pieces } = exported(wanted, graph, ctx);
    const name = formatOf(file) === format ? file : `${file}${ENDING[format]}`;
    const { bytes } = await folder.write(graph.scope.owner, name, pieces, { overwrite });
    const written = { ...resultOf(format, carried), bytes, file: name };
    return answer(sentence(written), written, ...carried.said);
  },
});

interface Wanted {
  readonly format?: Format;
  readonly details?: boolean;
  readonly at?: string;
}

async function exportText(wanted: Wanted, graph: OpenGraph, ctx: Context<Deps>) {
  const { carried, format, pieces } = exported(wanted, graph, ctx);
  let content = "";
  let bytes = 0;
  for await (const piece of pieces) {
    content += piece;
    bytes += Buffer.byteLength(piece);
    if (bytes > ANSWER_BYTES) throw new ToolError(tooLarge(ctx.deps));
  }
  return answer(content, { ...resultOf(format, carried), bytes, content }, ...carried.said);
}

function exported(
  { format = "jsonl", details = false, at }: Wanted,
  graph: OpenGraph,
  ctx: Context<Deps>,
) {
  if (details && format !== "json") {
    throw new ToolError("Only json has a place for details; leave them out, or choose json.");
  }
  const carried = new Carried();
  const time = asOf(at);
  const records = carried.watch(graph.store.exportRecords(graph.scope, time), ctx);
  const provenance = details ? provenanceOf(graph, time) : undefined;
  return { carried, format, pieces: formatGraph(format, records, { ...carried, provenance }) };
}

function resultOf(format: Format, { counts }: Carried) {
  return { format, entities: counts.entity, relations: counts.relation };
}

function sentence({ file, bytes, entities, relations }: Record<string, unknown>): string {
  return `Wrote ${JSON.stringify(file)}: entities ${entities}, relations ${relations}, bytes ${bytes}.`;
}

function tooLarge({ folder }: Deps): string {
  const instead = folder
    ? "give a file to write it to"
    : "read_graph reads it page by page, and the operator can write files with --export, or let you with --transfer-dir";
  return `The graph takes more than ${ANSWER_BYTES} bytes; ${instead}.`;
}
