import type { Page } from "../kernel/cursor.ts";
import type {
  Annotations,
  Icon,
  Resource as PublishedResource,
  ResourceTemplate as PublishedTemplate,
  ReadResourceResult,
} from "../protocol/index.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import { parseUriTemplate } from "../uri-template.ts";
import { toBase64 } from "./base64.ts";
import type { Completer } from "./completion.ts";
import type { Context } from "./context.ts";

/** One piece of a resource: text, or bytes. */
export interface ResourceBody {
  readonly contents: string | Uint8Array;
  readonly mimeType?: string;
  /** Its own URI where it is a part, such as a file of a folder; the resource's when absent. */
  readonly uri?: string;
  readonly meta?: JsonObject;
}

/** What a reader may return. */
export type ResourceReturn = string | Uint8Array | ResourceBody | readonly ResourceBody[];

/** What is known while somebody subscribes. Where the client can be asked something, {@link Context.can} says so. */
export type WatchContext<Deps = unknown> = Pick<
  Context<Deps>,
  "deps" | "principal" | "client" | "connection" | "header" | "signal" | "ask" | "can"
>;

/**
 * Starts watching for one subscriber; returns how to stop. Call `changed` whenever the resource may have changed.
 * Throw {@link ResourceNotFound} for what this subscriber may not hear of.
 */
export type Watch<Deps = unknown> = (
  uri: string,
  changed: () => void,
  ctx: WatchContext<Deps>,
) => (() => void) | Promise<() => void>;

/**
 * Something that has resources: a fixed one, a family under a URI template, or a tree listed as asked.
 * Whoever recognises a URI first answers for it.
 */
export interface ResourceSource<Deps = unknown> {
  /** How the family is published, when there is a template for it. */
  readonly template?: PublishedTemplate;
  readonly completers?: ReadonlyMap<string, Completer<Deps>>;
  /** One page of what there is; `position` is the last page's `next`. */
  list?(ctx: Context<Deps>, position?: JsonValue): Promise<Page<PublishedResource>>;
  /** True when `list` always gives the same. */
  readonly fixed?: boolean;
  /** The contents, or nothing when the URI is not one of its own or does not exist. */
  read(uri: string, ctx: Context<Deps>): Promise<ReadResourceResult | undefined>;
  /** Present when changes can be watched; nothing when the URI is not one of its own. */
  watch?(
    uri: string,
    changed: () => void,
    ctx: WatchContext<Deps>,
  ): undefined | (() => void) | Promise<(() => void) | undefined>;
}

interface Described {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly mimeType?: string;
  readonly annotations?: Annotations;
  readonly icons?: Icon[];
  readonly meta?: JsonObject;
}

/** How an author writes a single resource. */
export interface ResourceDefinition<Deps> extends Described {
  readonly uri: string;
  /** Bytes, when known. */
  readonly size?: number;
  read(ctx: Context<Deps>): ResourceReturn | Promise<ResourceReturn>;
  readonly watch?: Watch<Deps>;
}

/** How an author writes a family of resources. */
export interface ResourceTemplateDefinition<Deps> extends Described {
  /** RFC 6570, such as `repo://{owner}/{repo}/contents{/path*}`. */
  readonly uriTemplate: string;
  /** Suggests values for the template's variables. */
  readonly complete?: Readonly<Record<string, Completer<Deps>>>;
  /** One page of the family's members, where they can be listed. */
  list?(ctx: Context<Deps>, position?: JsonValue): Promise<Page<PublishedResource>>;
  /** The contents; nothing when there is no such member. */
  read(
    variables: Readonly<Record<string, string>>,
    ctx: Context<Deps>,
    uri: string,
  ): ResourceReturn | undefined | Promise<ResourceReturn | undefined>;
  readonly watch?: Watch<Deps>;
}

/** Defines a single resource. */
export function resource<Deps = unknown>(
  definition: ResourceDefinition<Deps>,
): ResourceSource<Deps> {
  const { uri, size, read, watch, ...described } = definition;
  const published = { uri, ...describe(described), ...(size !== undefined && { size }) };
  return {
    list: async () => ({ items: [published as PublishedResource] }),
    fixed: true,
    read: async (wanted, ctx) =>
      wanted === uri ? render(uri, await read(ctx), described.mimeType) : undefined,
    ...(watch && {
      watch: (wanted, changed, ctx) => (wanted === uri ? watch(uri, changed, ctx) : undefined),
    }),
  };
}

/**
 * Defines a family of resources under a URI template.
 * @throws {TypeError} when the template is not RFC 6570
 */
export function resourceTemplate<Deps = unknown>(
  definition: ResourceTemplateDefinition<Deps>,
): ResourceSource<Deps> {
  const { uriTemplate, complete, list, read, watch, ...described } = definition;
  const template = parseUriTemplate(uriTemplate);
  return {
    template: { uriTemplate, ...describe(described) } as PublishedTemplate,
    completers: new Map(Object.entries(complete ?? {})),
    ...(list && { list }),
    async read(uri, ctx) {
      const variables = template.match(uri);
      const value = variables && (await read(joined(variables), ctx, uri));
      return value === undefined ? undefined : render(uri, value, described.mimeType);
    },
    ...(watch && {
      watch: (uri, changed, ctx) => (template.match(uri) ? watch(uri, changed, ctx) : undefined),
    }),
  };
}

function describe({ meta, ...described }: Described): JsonObject {
  return { ...described, ...(meta && { _meta: meta }) } as JsonObject;
}

function joined(variables: Record<string, string | string[]>): Record<string, string> {
  const entries = Object.entries(variables);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join("/") : value]),
  );
}

/** Puts what a reader returned into the form the protocol has for it. */
export function render(uri: string, value: ResourceReturn, mimeType?: string): ReadResourceResult {
  const bodies = isBody(value)
    ? [value]
    : Array.isArray(value)
      ? value
      : [{ contents: value as string }];
  return {
    contents: bodies.map((body: ResourceBody) => {
      const type = body.mimeType ?? mimeType;
      return {
        uri: body.uri ?? uri,
        ...(type !== undefined && { mimeType: type }),
        ...(typeof body.contents === "string"
          ? { text: body.contents }
          : { blob: toBase64(body.contents) }),
        ...(body.meta && { _meta: body.meta }),
      };
    }),
  } as ReadResourceResult;
}

function isBody(value: ResourceReturn): value is ResourceBody {
  return typeof value === "object" && "contents" in value;
}
