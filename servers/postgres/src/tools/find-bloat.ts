import { s } from "@portico/core";
import { data } from "./shared/answer.ts";
import { tuningTool } from "./shared/tuning-tool.ts";

const MEGABYTE = 1_048_576;

/** Finds tables and indexes that are larger than they need be. */
export const findBloat = tuningTool({
  name: "find_bloat",
  title: "Find Bloat",
  description:
    "Tables and b-tree indexes with the most wasted space: measured with pgstattuple where it is installed, estimated from statistics otherwise.",
  input: s.object({
    kind: s.optional(s.enum(["all", "table", "index"], { description: "Default all" })),
    min_size_mb: s.optional(
      s.number({ minimum: 0, description: "Smaller ones are left out; default 1" }),
    ),
    limit: s.optional(s.integer({ minimum: 1, maximum: 100, description: "Default 15" })),
  }),
  output: s.object({
    relations: s.array(
      s.object({
        name: s.string(),
        kind: s.enum(["table", "index"]),
        table: s.optional(s.string()),
        bytes: s.number(),
        wasted: s.number({ description: "Bytes" }),
        measured: s.boolean({ description: "Or estimated" }),
      }),
    ),
  }),
  async run({ kind = "all", min_size_mb: megabytes = 1, limit = 15 }, on) {
    const { describeBloat, survey } = await import("../tuning/index.ts");
    const least = Math.round(megabytes * MEGABYTE);
    const kinds = kind === "all" ? (["table", "index"] as const) : [kind];
    const found = await survey(on, { kinds, least, limit });
    return data(describeBloat(found, least), { relations: [...found.bloats] });
  },
});
