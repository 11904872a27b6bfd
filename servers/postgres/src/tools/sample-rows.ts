import { s } from "@portico/core";
import { databaseTool } from "./shared/database-tool.ts";
import { format, pageReply, rowsOutput } from "./shared/rows.ts";
import { samplePage } from "./shared/sample.ts";

/** Shows a few rows of a table. */
export const sampleRowsTool = databaseTool({
  name: "sample_rows",
  title: "Sample Rows",
  description: "Show a few rows of a table or view, to see what its values look like.",
  input: s.object({
    table_name: s.string(),
    schema_name: s.optional(s.string({ description: "Default: where the name is found" })),
    columns: s.optional(s.array(s.string(), { minItems: 1, description: "Default: all" })),
    limit: s.optional(s.integer({ minimum: 1, maximum: 100, default: 5 })),
    format,
  }),
  output: rowsOutput,
  annotations: { readOnlyHint: true },
  async run({ table_name, schema_name, columns, limit = 5, format = "json" }, on, ctx) {
    const wanted = { name: table_name, schema: schema_name || undefined };
    const page = await samplePage(on, ctx, wanted, { columns, rows: limit, format });
    // That a table has more rows than a sample is no news.
    return pageReply({ ...page, stopped: page.stopped === "rows" ? undefined : page.stopped });
  },
});
