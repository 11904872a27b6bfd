import { s } from "@portico/core";
import { objectDetails } from "../catalogue/details.ts";
import { OBJECT_KINDS } from "../catalogue/kinds.ts";
import { data } from "./shared/answer.ts";
import { catalogueTool } from "./shared/catalogue-tool.ts";

/** Shows all there is to know of one object. */
export const getObjectDetailsTool = catalogueTool({
  name: "get_object_details",
  title: "Get Object Details",
  description:
    "Show one object in full: a table's columns, keys, indexes, triggers, policies and who refers to it; a view's or function's definition; a type's values; what you may do with it.",
  input: s.object({
    schema_name: s.optional(s.string({ description: "Default: where the name is found" })),
    object_name: s.string({ description: "add(integer, integer) tells functions apart" }),
    object_type: s.optional(s.enum(OBJECT_KINDS, { default: "table" })),
    table_name: s.optional(s.string({ description: "For a column, trigger, … of one table" })),
  }),
  output: s.record(s.unknown()),
  async run({ schema_name, object_name, object_type = "table", table_name }, catalogue) {
    const { all } = await objectDetails(catalogue, {
      kind: object_type,
      schema: schema_name === "" ? undefined : schema_name,
      name: object_name,
      table: table_name,
    });
    const details = all.length === 1 ? { ...all[0] } : { overloads: all };
    return data(JSON.stringify(details), details);
  },
});
