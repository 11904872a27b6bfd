import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { annotatedFields, metaFields } from "./annotations.ts";
import { type Definition, define } from "./define.ts";
import { iconFields, namedFields } from "./implementation.ts";

/** The fields that describe a resource, in a list or as a link. */
export const resourceFields = {
  ...namedFields,
  ...iconFields,
  ...annotatedFields,
  uri: s.string({ format: "uri" }),
  description: s.optional(s.string()),
  mimeType: s.optional(s.string()),
  size: s.optional(s.integer()),
};

const contentsFields = {
  ...metaFields,
  uri: s.string({ format: "uri" }),
  mimeType: s.optional(s.string()),
};

const resource = define("Resource", () => s.object(resourceFields));
/** Something a server can be asked to read; `size` is in bytes before any encoding. */
export interface Resource extends Output<typeof resource> {}
export const Resource: Definition<Resource> = resource;

const resourceContents = define("ResourceContents", () => s.object(contentsFields));
/** Which resource contents are of, and their type. */
export interface ResourceContents extends Output<typeof resourceContents> {}
export const ResourceContents: Definition<ResourceContents> = resourceContents;

const textResourceContents = define("TextResourceContents", () =>
  s.object({ ...contentsFields, text: s.string() }),
);
/** A resource, or part of one, as text. */
export interface TextResourceContents extends Output<typeof textResourceContents> {}
export const TextResourceContents: Definition<TextResourceContents> = textResourceContents;

const blobResourceContents = define("BlobResourceContents", () =>
  s.object({ ...contentsFields, blob: s.string({ format: "byte" }) }),
);
/** A resource, or part of one, as bytes in base64. */
export interface BlobResourceContents extends Output<typeof blobResourceContents> {}
export const BlobResourceContents: Definition<BlobResourceContents> = blobResourceContents;

/** What a resource holds: text, or bytes in base64. */
export const textOrBlob = s.union([TextResourceContents, BlobResourceContents]);
