import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { annotatedFields } from "./annotations.ts";
import { type Definition, define } from "./define.ts";
import { since } from "./marks.ts";
import { resourceFields, textOrBlob } from "./resource.ts";

const mediaFields = {
  ...annotatedFields,
  data: s.string({ format: "byte" }),
  mimeType: s.string(),
};

const textContent = define("TextContent", () =>
  s.object({ ...annotatedFields, type: s.literal("text"), text: s.string() }),
);
/** Text for a model or a person. */
export interface TextContent extends Output<typeof textContent> {}
export const TextContent: Definition<TextContent> = textContent;

const imageContent = define("ImageContent", () =>
  s.object({ ...mediaFields, type: s.literal("image") }),
);
/** A picture, in base64. */
export interface ImageContent extends Output<typeof imageContent> {}
export const ImageContent: Definition<ImageContent> = imageContent;

const audioContent = define("AudioContent", () =>
  since("2025-03-26", s.object({ ...mediaFields, type: s.literal("audio") }), (audio) =>
    textContentOf(leftOut(audio.mimeType)),
  ),
);
/** Sound, in base64. Clients older than 2025-03-26 are told in text that it was left out. */
export interface AudioContent extends Output<typeof audioContent> {}
export const AudioContent: Definition<AudioContent> = audioContent;

const resourceLink = define("ResourceLink", () =>
  since("2025-06-18", s.object({ ...resourceFields, type: s.literal("resource_link") }), (link) =>
    textContentOf(linkAsText(link)),
  ),
);
/** Names a resource that can be read, without its contents. Older clients get its URI as text. */
export interface ResourceLink extends Output<typeof resourceLink> {}
export const ResourceLink: Definition<ResourceLink> = resourceLink;

const embeddedResource = define("EmbeddedResource", () =>
  s.object({ ...annotatedFields, type: s.literal("resource"), resource: textOrBlob }),
);
/** A resource with its contents. */
export interface EmbeddedResource extends Output<typeof embeddedResource> {}
export const EmbeddedResource: Definition<EmbeddedResource> = embeddedResource;

const contentBlock = define("ContentBlock", () =>
  s.union([TextContent, ImageContent, AudioContent, ResourceLink, EmbeddedResource]),
);
/** One piece of what a tool answers or a prompt says. */
export type ContentBlock = Output<typeof contentBlock>;
export const ContentBlock: Definition<ContentBlock> = contentBlock;

/** The nearest that text can come to `block`, for receivers that take nothing else. */
export function contentAsText(block: ContentBlock): string {
  switch (block.type) {
    case "text":
      return block.text;
    case "resource_link":
      return linkAsText(block);
    case "resource":
      return "text" in block.resource ? block.resource.text : leftOut(block.resource.uri);
    default:
      return leftOut(block.mimeType);
  }
}

/** Wraps `text` as a content block. */
export function textContentOf(text: string): TextContent {
  return { type: "text", text };
}

function linkAsText(link: { name: string; title?: string; uri: string }): string {
  return `${link.title ?? link.name}: ${link.uri}`;
}

function leftOut(what: string): string {
  return `[${what} left out: this revision of the protocol has no place for it]`;
}
