import { s } from "../schema/build.ts";
import type { JsonSchemaObject } from "../schema/json-schema.ts";
import type { Output, Schema } from "../schema/standard.ts";
import { metaFields } from "./annotations.ts";
import { type Definition, define } from "./define.ts";
import { iconFields, namedFields } from "./implementation.ts";
import { changed, since, until } from "./marks.ts";

const objectSchemaFields = {
  type: s.literal("object"),
  properties: s.optional(s.record(s.record(s.unknown()))),
  required: s.optional(s.array(s.string())),
};
const objectSchema = s.object(objectSchemaFields);
const dialectSchema = s.object({ ...objectSchemaFields, $schema: s.optional(s.string()) });

/** 2026-07-28 server/tools: any JSON Schema 2020-12 keyword may stand beside the object type. */
const inputSchema = changed({
  "2024-11-05": objectSchema,
  "2025-11-25": dialectSchema,
  "2026-07-28": s.object({ type: s.literal("object"), $schema: s.optional(s.string()) }),
}) as Schema<JsonSchemaObject & { type: "object" }>;

/** Until 2025-11-25 structured output is an object; since then it is any JSON value. */
const outputSchema = changed({
  "2025-06-18": objectSchema,
  "2025-11-25": dialectSchema,
  "2026-07-28": s.object({ $schema: s.optional(s.string()) }),
}) as Schema<JsonSchemaObject>;

const toolAnnotations = define("ToolAnnotations", () =>
  since(
    "2025-03-26",
    s.object({
      title: s.optional(s.string()),
      readOnlyHint: s.optional(s.boolean()),
      destructiveHint: s.optional(s.boolean()),
      idempotentHint: s.optional(s.boolean()),
      openWorldHint: s.optional(s.boolean()),
    }),
  ),
);
/**
 * What a server says a tool does. Absent hints mean: not read-only, destructive, not idempotent,
 * reaching beyond its own world. A client MUST NOT trust them (2026-07-28 server/tools).
 */
export interface ToolAnnotations extends Output<typeof toolAnnotations> {}
export const ToolAnnotations: Definition<ToolAnnotations> = toolAnnotations;

const toolExecution = define("ToolExecution", () =>
  since(
    "2025-11-25",
    until(
      "2025-11-25",
      s.object({ taskSupport: s.optional(s.enum(["forbidden", "optional", "required"])) }),
    ),
  ),
);
/** Whether a tool may, or must, be called as a task; absent means it must not. */
export interface ToolExecution extends Output<typeof toolExecution> {}
export const ToolExecution: Definition<ToolExecution> = toolExecution;

const tool = define("Tool", () =>
  s.object({
    ...namedFields,
    ...iconFields,
    ...metaFields,
    description: s.optional(s.string()),
    inputSchema,
    outputSchema: since("2025-06-18", outputSchema),
    annotations: s.optional(ToolAnnotations),
    execution: s.optional(ToolExecution),
  }),
);
/** A function a server offers to models. */
export interface Tool extends Output<typeof tool> {}
export const Tool: Definition<Tool> = tool;
