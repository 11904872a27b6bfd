import { getObjectDetailsTool } from "./get-object-details.ts";
import { listObjectsTool } from "./list-objects.ts";
import { listSchemasTool } from "./list-schemas.ts";
import { sampleRowsTool } from "./sample-rows.ts";
import { searchObjectsTool } from "./search-objects.ts";
import type { DatabaseTool } from "./shared/database-tool.ts";

/** The tools that tell what a database has. */
export const catalogueTools: readonly DatabaseTool[] = [
  searchObjectsTool,
  listSchemasTool,
  listObjectsTool,
  getObjectDetailsTool,
  sampleRowsTool,
];
