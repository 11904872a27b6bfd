import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { metaFields } from "./annotations.ts";
import { AudioContent, ContentBlock, ImageContent, standInText, TextContent } from "./content.ts";
import { type Definition, define } from "./define.ts";
import { changed, since } from "./marks.ts";

/** Structured tool output: an object at first, any JSON value since 2026-07-28. */
export const structuredContent = changed({
  "2025-06-18": s.record(s.unknown()),
  "2026-07-28": s.unknown(),
});

const toolUseContent = define(
  "ToolUseContent",
  since(
    "2025-11-25",
    s.object({
      ...metaFields,
      type: s.literal("tool_use"),
      id: s.string(),
      name: s.string(),
      input: s.record(s.unknown()),
    }),
    (use) => standInText(`Calls ${use.name} with ${JSON.stringify(use.input)}.`),
  ),
);
/** A model's wish to call one of the tools it was given. */
export interface ToolUseContent extends Output<typeof toolUseContent> {}
export const ToolUseContent: Definition<ToolUseContent> = toolUseContent;

const toolResultContent = define(
  "ToolResultContent",
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
    (result) => standInText(textOf(result.content)),
  ),
);
/** What the tool answered, on its way back to the model. */
export interface ToolResultContent extends Output<typeof toolResultContent> {}
export const ToolResultContent: Definition<ToolResultContent> = toolResultContent;

const samplingMessageContentBlock = define(
  "SamplingMessageContentBlock",
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
    blocks.length === 1 ? blocks[0] : standInText(textOf(blocks)),
  ),
]);

function textOf(blocks: readonly (ContentBlock | SamplingMessageContentBlock)[]): string {
  return blocks.map(textOfBlock).join("\n");
}

function textOfBlock(block: ContentBlock | SamplingMessageContentBlock): string {
  switch (block.type) {
    case "text":
      return block.text;
    case "resource_link":
      return `${block.title ?? block.name}: ${block.uri}`;
    case "resource":
      return "text" in block.resource ? block.resource.text : block.resource.uri;
    case "tool_use":
      return `Calls ${block.name} with ${JSON.stringify(block.input)}.`;
    case "tool_result":
      return textOf(block.content);
    default:
      return `(${block.mimeType} left out)`;
  }
}
