import { type Context, s, ToolError, type ToolValue } from "@portico/core";
import type { Deps } from "../deps.ts";
import type { OpenGraph } from "../open-graph.ts";
import type { TransferFolder } from "../transfer/folder.ts";
import { FORMATS, type Format, formatOf, parseGraph } from "../transfer/format.ts";
import { recognised } from "../transfer/recognised.ts";
import { inPieces } from "../transfer/text.ts";
import { answer, note } from "./shared/answer.ts";
import { Carried } from "./shared/carried.ts";
import { ADDS, graphTool } from "./shared/graph-tool.ts";
import { project } from "./shared/schemas.ts";

const about =
  "Add to the graph what a text has beyond it; nothing that is there changes. Takes what export_graph gives, files of the official server, and GraphML of other programs.";

const format = s.optional(s.enum(FORMATS, { default: "jsonl" }));

const count = s.integer();

const output = s.object({
  entities: count,
  observations: count,
  relations: count,
  known: s.integer({ description: "Were there already" }),
  foreign: s.integer({ description: "Neither; kept as they are" }),
  note,
});

const annotations = { ...ADDS, idempotentHint: true };

/** Adds a graph that is given as text. */
export const importGraph: ToolValue<Deps> = graphTool({
  name: "import_graph",
  title: "Import Graph",
  description: about,
  input: s.object({ content: s.string(), format, project }),
  output,
  annotations,
  run: ({ content, format }, graph, ctx) =>
    importText(inPieces(content), format ?? "jsonl", graph, ctx),
});

/** Adds a graph that is given as text, or is a file in the operator's folder. */
export const importGraphFromFile: ToolValue<Deps> = graphTool({
  name: "import_graph",
  title: "Import Graph",
  description: `${about} Give content, or file.`,
  input: s.object({
    content: s.optional(s.string()),
    file: s.optional(s.string({ description: "Name of a file in the server's folder" })),
    format: s.optional(s.enum(FORMATS, { description: "By the file's ending, or jsonl" })),
    project,
  }),
  output,
  annotations,
  run({ content, file, format }, graph, ctx) {
    if ((content === undefined) === (file === undefined)) {
      throw new ToolError("Give either content or file.");
    }
    const chosen = format ?? formatOf(file ?? "") ?? "jsonl";
    const folder = ctx.deps.folder as TransferFolder;
    const text =
      file === undefined ? inPieces(content ?? "") : folder.read(graph.scope.owner, file);
    return importText(text, chosen, graph, ctx);
  },
});

async function importText(
  text: AsyncIterable<string>,
  format: Format,
  { store, scope, author }: OpenGraph,
  ctx: Context<Deps>,
) {
  const carried = new Carried();
  const { Left } = await import("../transfer/left.ts");
  const left = new Left();
  const records = left.watch(recognised(parseGraph(format, text, carried.say)));
  const imported = await store.importRecords(scope, carried.watch(records, ctx), author);
  return answer(imported, imported, ...carried.said, left.sentence);
}
