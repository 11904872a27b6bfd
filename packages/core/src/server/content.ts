import type {
  Annotations,
  AudioContent,
  CallToolResult,
  ContentBlock,
  EmbeddedResource,
  ImageContent,
  Resource,
  ResourceLink,
  TextContent,
} from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import { toBase64 } from "./base64.ts";

interface Extra {
  annotations?: Annotations;
  _meta?: JsonObject;
}

/** A text block. */
export function text(value: string, extra?: Extra): TextContent {
  return { type: "text", text: value, ...extra };
}

/** An image block; `data` is bytes or already base64. */
export function image(data: Uint8Array | string, mimeType: string, extra?: Extra): ImageContent {
  return { type: "image", data: toBase64(data), mimeType, ...extra };
}

/** An audio block; `data` is bytes or already base64. */
export function audio(data: Uint8Array | string, mimeType: string, extra?: Extra): AudioContent {
  return { type: "audio", data: toBase64(data), mimeType, ...extra };
}

/** A link to a resource the client may read by itself. */
export function resourceLink(resource: Resource, extra?: Extra): ResourceLink {
  return { type: "resource_link", ...resource, ...extra };
}

/** A resource's contents put into a message; bytes become a blob, a string stays text. */
export function embedded(
  uri: string,
  contents: Uint8Array | string,
  mimeType?: string,
  extra?: Extra,
): EmbeddedResource {
  const kind = mimeType === undefined ? {} : { mimeType };
  const resource =
    typeof contents === "string"
      ? { uri, ...kind, text: contents }
      : { uri, ...kind, blob: toBase64(contents) };
  return { type: "resource", resource, ...extra };
}

/**
 * A tool's answer spelled out, for when the text is not simply the data as JSON. `structured` must
 * match the tool's output schema.
 */
export class Reply<T = unknown> {
  readonly content: readonly ContentBlock[];
  readonly structured: T | undefined;
  readonly meta: JsonObject | undefined;

  constructor(content: readonly ContentBlock[] | string, structured?: T, meta?: JsonObject) {
    this.content = typeof content === "string" ? [text(content)] : content;
    this.structured = structured;
    this.meta = meta;
  }
}

/** The result of a call that failed in a way the model should read about. */
export function errorResult(
  message: string,
  notes: readonly ContentBlock[] = [],
  meta?: JsonObject,
): CallToolResult {
  return { content: [text(message), ...notes], isError: true, ...(meta && { _meta: meta }) };
}
