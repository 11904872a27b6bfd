import { isObject } from "../jsonrpc/message.ts";
import { RpcError } from "../jsonrpc/rpc-error.ts";
import type { Call } from "../kernel/call.ts";
import { withParams } from "../kernel/derived-call.ts";
import { complete } from "../kernel/outcome.ts";
import { unknownPrompt, unknownTool } from "../kernel/unknown.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import type { Handler, Runtime } from "./feature.ts";
import type { Source } from "./source.ts";

/** A source under a name, as one of the `sources` of a server. */
export interface Mounted extends Source {
  readonly name: string;
  /** True for what is the name of a tool or prompt of this source, if of any. */
  owns(name: string): boolean;
}

/** No underscore, so that the first one in a tool's name ends the name of its source, and no two can be confused. */
const NAME = /^[A-Za-z0-9-]{1,32}$/;

/**
 * Puts a source under a name: its tool `read` becomes `fs_read` when the name is `fs`, and its prompts likewise.
 * URIs of resources stay as they are; the first source that knows one answers for it.
 * @throws {TypeError} when the name is anything but 1 to 32 letters, digits and hyphens
 */
export function mount(name: string, source: Source): Mounted {
  if (!NAME.test(name)) {
    throw new TypeError(
      `"${name}" cannot be the name of a source: use 1 to 32 letters, digits and hyphens.`,
    );
  }
  const prefix = `${name}_`;
  const handlers = new Map(source.handlers);
  for (const [method, rename] of Object.entries(RENAMES)) {
    const handler = handlers.get(method);
    if (handler) handlers.set(method, rename(prefix, callingBack(prefix, handler)));
  }
  return {
    name,
    owns: (one) => one.startsWith(prefix),
    capabilities: source.capabilities,
    handlers,
    changes: source.changes,
    cache: source.cache,
    watch: (uri, changed, call, asking) => source.watch(uri, changed, call, asking),
    close: () => source.close(),
  };
}

type Rename = (prefix: string, handler: Handler) => Handler;

/** Every method whose params or result have names in them. */
const RENAMES: Readonly<Record<string, Rename>> = {
  "tools/list": (prefix, handler) => list("tools", prefix, handler),
  "prompts/list": (prefix, handler) => list("prompts", prefix, handler),
  "tools/call": (prefix, handler) => byName(unknownTool, prefix, handler),
  "prompts/get": (prefix, handler) => byName(unknownPrompt, prefix, handler),
  "completion/complete": byReference,
};

function list(field: string, prefix: string, handler: Handler): Handler {
  return async (call, runtime) => {
    const outcome = await handler(call, runtime);
    if (outcome.kind !== "complete") return outcome;
    const items = outcome.result[field] as (JsonObject & { readonly name: string })[];
    const renamed = items.map((one) => ({ ...one, name: prefix + one.name }));
    return complete({ ...outcome.result, [field]: renamed });
  };
}

type Unknown = (name: string) => RpcError;

function byName(unknown: Unknown, prefix: string, handler: Handler): Handler {
  return (call, runtime) =>
    renamed(call.params.name as string, unknown, prefix, (name) =>
      handler(withParam(call, "name", name), runtime),
    );
}

/** A prompt is completed by its name; a resource template by its URI, which is the same inside. */
function byReference(prefix: string, handler: Handler): Handler {
  return async (call, runtime) => {
    const { ref } = call.params;
    if (!isObject(ref) || ref.type !== "ref/prompt") return handler(call, runtime);
    return renamed(ref.name as string, unknownPrompt, prefix, (name) =>
      handler(withParam(call, "ref", { ...ref, name }), runtime),
    );
  };
}

/** Goes on with the name as it is inside. What does not exist there is named as the caller named it. */
async function renamed<T>(
  name: string,
  unknown: Unknown,
  prefix: string,
  goOn: (inner: string) => Promise<T>,
): Promise<T> {
  if (!name.startsWith(prefix)) throw unknown(name);
  const inner = name.slice(prefix.length);
  try {
    return await goOn(inner);
  } catch (error) {
    const isUnknown = error instanceof RpcError && error.message === unknown(inner).message;
    throw isUnknown ? unknown(name) : error;
  }
}

/**
 * A tool calls others of its server by the names they have there. What it calls goes through the whole outer
 * server again, middleware included, which knows them by the other names.
 */
function callingBack(prefix: string, handler: Handler): Handler {
  const outer = ({ dispatch }: Runtime): Runtime["dispatch"] => {
    return (call) =>
      dispatch(
        call.method === "tools/call"
          ? withParam(call, "name", prefix + (call.params.name as string))
          : call,
      );
  };
  return (call, runtime) => handler(call, { ...runtime, dispatch: outer(runtime) });
}

function withParam(call: Call, field: string, value: JsonValue): Call {
  return withParams(call, { ...call.params, [field]: value });
}
