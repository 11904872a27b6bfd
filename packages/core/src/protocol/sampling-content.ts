import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { metaFields } from "./annotations.ts";
import {
  AudioContent,
  ContentBlock,
  contentAsText,
  ImageContent,
  TextContent,
  textContentOf,
} from "./content.ts";
import { type Definition, define } from "./define.ts";
import { changed, since } from "./marks.ts";

/** Structured tool output: an object at first, any JSON value since 2026-07-28. */
export const structuredContent = changed({
  "2025-06-18": s.record(s.unknown()),
  "2026-07-28": s.unknown(),
});

const toolUseContent = define("ToolUseContent", () =>
  since(
    "2025-11-25",
    s.object({
      ...metaFields,
      type: s.literal("tool_use"),
      id: s.string(),
      name: s.string(),
      input: s.record(s.unknown()),
    }),
    (use) => textContentOf(useAsText(use.name, use.input)),
  ),
);
/** A model's wish to call one of the tools it was given. */
export interface ToolUseContent extends Output<typeof toolUseContent> {}
export const ToolUseContent: Definition<ToolUseContent> = toolUseContent;

const toolResultContent = define("ToolResultContent", () =>
  since(
    "2025-11-25",
    s.object({
      ...metaFields,
      type: s.literal("tool_result"),
      toolUseId: s.string(),
      content: s.array(ContentBlock),
      structuredContent: s.optional(structuredContent),
      isError: s.optional(s.boolean()),
    }),
    (result) => textContentOf(result.content.map(contentAsText).join("\n")),
  ),
);
/** What the tool answered, on its way back to the model. */
export interface ToolResultContent extends Output<typeof toolResultContent> {}
export const ToolResultContent: Definition<ToolResultContent> = toolResultContent;

const samplingMessageContentBlock = define("SamplingMessageContentBlock", () =>
  s.union([TextContent, ImageContent, AudioContent, ToolUseContent, ToolResultContent]),
);
/** One piece of a message to or from a model. */
export type SamplingMessageContentBlock = Output<typeof samplingMessageContentBlock>;
export const SamplingMessageContentBlock: Definition<SamplingMessageContentBlock> =
  samplingMessageContentBlock;

/** A message's content: one block, or since 2025-11-25 several. */
export const samplingContent = s.union([
  SamplingMessageContentBlock,
  since("2025-11-25", s.array(SamplingMessageContentBlock), (blocks) =>
    blocks.length === 1 ? blocks[0] : textContentOf(blocks.map(textOf).join("\n")),
  ),
]);

function textOf(block: SamplingMessageContentBlock): string {
  if (block.type === "tool_use") return useAsText(block.name, block.input);
  if (block.type === "tool_result") return block.content.map(contentAsText).join("\n");
  return contentAsText(block);
}

function useAsText(name: string, input: Record<string, unknown>): string {
  return `Calls ${name} with ${JSON.stringify(input)}.`;
}
