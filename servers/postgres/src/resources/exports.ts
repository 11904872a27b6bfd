import { type Resource, type ResourceSource, resourceTemplate } from "@portico/core";
import type { Deps } from "../deps.ts";
import type { Export } from "../exports/exports.ts";
import type { ExportFormat } from "../exports/lines.ts";
import { ownerOf } from "../owner.ts";
import { UNTRUSTED_META } from "../tools/shared/answer.ts";
import { uriOf } from "./uris.ts";

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv",
  jsonl: "application/jsonl",
};

/** Files that rows were exported to: each caller finds only its own. */
export const exportResources: ResourceSource<Deps> = resourceTemplate<Deps>({
  uriTemplate: "postgres://{database}/{export}/{part}/export",
  name: "export",
  title: "Exported rows",
  description: "A part of a file that export_query wrote, for an hour.",
  async list(ctx) {
    const owner = ownerOf(ctx);
    // Callers nobody can tell apart share what they know the name of, and nothing else.
    if (owner === undefined) return { items: [] };
    return { items: ctx.deps.exports.of(owner).flatMap(describeExport) };
  },
  async read({ database, export: id = "", part }, ctx) {
    const found = ctx.deps.exports.find(ownerOf(ctx), id);
    if (found === undefined || found.database !== database) return undefined;
    const contents = await found.read(Number(part));
    if (contents === undefined) return undefined;
    return { contents, mimeType: MEDIA_TYPES[found.format], meta: UNTRUSTED_META };
  },
});

/** The parts of an export, as resources. */
export function describeExport({ id, database, format, rows, parts }: Export): Resource[] {
  return Array.from({ length: parts }, (_, index) => {
    const part = String(index + 1);
    return {
      uri: uriOf(database, id, part, "export"),
      name: parts === 1 ? `export.${format}` : `export-${part}-of-${parts}.${format}`,
      description: `${rows} rows of ${database}`,
      mimeType: MEDIA_TYPES[format],
    };
  });
}
