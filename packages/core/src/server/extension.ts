import type { Call, Notice } from "../kernel/call.ts";
import type { Dispatch } from "../kernel/compose.ts";
import type { Outcome } from "../kernel/outcome.ts";
import { METHODS, type Methods, type ServerCapabilities } from "../protocol/index.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import { type Handler, type Runtime, withContext } from "./feature.ts";
import type { CustomMethod } from "./method.ts";
import type { ResourceSource } from "./resource.ts";
import type { Tool } from "./tool.ts";

/** What an extension finds of the server it is part of. */
export interface ExtensionHost {
  /**
   * Answers `call` as this server does without any extension around it.
   * @throws what the handler throws, {@link RpcError} where it is meant for the peer
   */
  answer(call: Call, runtime: Runtime): Promise<Outcome>;
}

/** What an extension may know of a tool that is called. */
export type CalledTool = Pick<Tool, "published" | "task">;

/** Finds the tool a `tools/call` is for; nothing when the client must be asked something to find it. */
export type ToolOf = (call: Call, runtime: Runtime) => Promise<CalledTool | undefined>;

/**
 * A step around every call of a tool: may answer in its place, or put it off.
 * @param next calls it
 */
export type AroundTool = (
  tool: CalledTool,
  call: Call,
  next: Dispatch,
  runtime: Runtime,
) => Promise<Outcome>;

/**
 * Serves one key of the filter of `subscriptions/listen`.
 * @param asked what the client put under the key
 * @param deliver sends one notification on the stream; what comes before the acknowledgement waits for it
 * @param ended aborts when nobody listens any more
 * @returns the part of `asked` that is honoured, or nothing
 * @throws {RpcError} when the stream cannot be opened at all
 */
export type ListenFilter = (
  asked: JsonValue,
  call: Call,
  deliver: (notice: Notice) => void,
  ended: AbortSignal,
) => Promise<JsonValue | undefined>;

/**
 * An extension of the protocol as a value: what a server says of it, and all it brings. Only `id` is needed,
 * which declares that the server supports it.
 */
export interface ServerExtension {
  /** With a prefix, such as `com.example/reindexing` (2026-07-28 basic/versioning: identifiers MUST have one). */
  readonly id: string;
  /** What stands under the identifier in the server's capabilities. Default: nothing, `{}`. */
  readonly settings?: JsonObject;
  /** Capabilities outside `extensions`, for revisions where the protocol itself had what is an extension now. */
  readonly capabilities?: ServerCapabilities;
  /** Methods of its own, in the same form as a server's. */
  readonly methods?: readonly CustomMethod[];
  /** Rows it adds to the registry, or puts in the place of the protocol's own; for {@link handlers}. */
  readonly rows?: Methods;
  /** Answers methods by hand: for those that need more than a context. */
  handlers?(host: ExtensionHost): Readonly<Record<string, Handler>>;
  /** What it adds to the server's resources. */
  readonly resources?: readonly ResourceSource[];
  readonly aroundTool?: AroundTool;
  /** The keys of listen filters it serves. */
  readonly filters?: Readonly<Record<string, ListenFilter>>;
  /** Frees what it holds, when the process stops serving. */
  close?(): void | Promise<void>;
}

/** A dotted prefix of labels, a slash and a name, as the keys of `_meta` have them (basic/index). */
const IDENTIFIER =
  /^[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\/[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/;

/** @throws {TypeError} when an identifier has no prefix, or two extensions have the same */
export function checkIdentifiers(extensions: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of extensions) {
    if (!IDENTIFIER.test(id)) {
      throw new TypeError(
        `"${id}" is no extension: give it a prefix, as com.example/${id || "name"}.`,
      );
    }
    if (seen.has(id)) throw new TypeError(`The extension ${id} is given twice; give it once.`);
    seen.add(id);
  }
}

/** What a server declares of its extensions. */
export function extensionCapabilities(extensions: readonly ServerExtension[]): ServerCapabilities {
  if (extensions.length === 0) return {};
  const settings = extensions.map((one) => [one.id, one.settings ?? {}] as const);
  const others = extensions.map((one) => one.capabilities);
  return Object.assign({}, ...others, { extensions: Object.fromEntries(settings) });
}

/** The registry of a server with these methods and extensions. */
export function rowsWith(
  methods: readonly { readonly row: CustomMethod["row"] }[],
  extensions: readonly ServerExtension[],
): Methods {
  const own = [...methods, ...extensions.flatMap((one) => one.methods ?? [])];
  const rows = extensions.map((one) => one.rows ?? {});
  if (own.length === 0 && rows.length === 0) return METHODS;
  return Object.assign({}, METHODS, ...rows, ...own.map(({ row }) => ({ [row.method]: row })));
}

/**
 * The handlers of a server with these extensions.
 * @param plain those it has without them
 * @param toolOf finds the tool that is called; absent where there are no tools
 * @throws {TypeError} when an extension answers a method that is answered already
 */
export function handlersWith(
  plain: ReadonlyMap<string, Handler>,
  extensions: readonly ServerExtension[],
  deps: unknown,
  toolOf: ToolOf | undefined,
): ReadonlyMap<string, Handler> {
  const handlers = new Map(plain);
  const host: ExtensionHost = {
    answer: (call, runtime) => (plain.get(call.method) as Handler)(call, runtime),
  };
  for (const extension of extensions) {
    for (const [method, handler] of handlersOf(extension, host, deps)) {
      if (handlers.has(method)) {
        throw new TypeError(`${extension.id} answers ${method}, which is answered already.`);
      }
      handlers.set(method, handler);
    }
    const { aroundTool } = extension;
    const inner = handlers.get("tools/call");
    if (aroundTool && toolOf && inner)
      handlers.set("tools/call", around(aroundTool, inner, toolOf));
  }
  return handlers;
}

function handlersOf(
  { methods = [], handlers }: ServerExtension,
  host: ExtensionHost,
  deps: unknown,
): (readonly [string, Handler])[] {
  const own = methods.map(
    (one) => [one.row.method, withContext(deps, (ctx, call) => one.run(call.params, ctx))] as const,
  );
  return [...own, ...Object.entries(handlers?.(host) ?? {})];
}

function around(step: AroundTool, inner: Handler, toolOf: ToolOf): Handler {
  return async (call, runtime) => {
    const tool = await toolOf(call, runtime);
    if (!tool) return inner(call, runtime);
    return step(tool, call, (again) => inner(again, runtime), runtime);
  };
}
