import { isObject } from "../jsonrpc/message.ts";
import type { RpcError } from "../jsonrpc/rpc-error.ts";
import { openCursor, sealCursor } from "../kernel/cursor.ts";
import {
  ResourceNotFound,
  unknownPrompt,
  unknownTemplate,
  unknownTool,
} from "../kernel/unknown.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import type { Handler } from "./feature.ts";
import { gather } from "./gather.ts";
import { type Joint, joint } from "./joint.ts";
import type { Mounted } from "./mount.ts";
import { pageOf } from "./paging.ts";

/** The handlers of the first part, joined with those of the others where these have any of the kind. */
export function joinedHandlers(parts: readonly Mounted[]): ReadonlyMap<string, Handler> {
  const [own, ...mounts] = parts;
  const handlers = new Map(own?.handlers);
  for (const [method, join] of Object.entries(JOINS)) {
    if (mounts.some((one) => one.handlers.has(method))) handlers.set(method, join(parts));
  }
  return handlers;
}

/** How each method is answered by several: their lists are one list, and a name says whose it is. */
const JOINS: Readonly<Record<string, (parts: readonly Mounted[]) => Handler>> = {
  "tools/list": (parts) => namedList("tools/list", "tools", parts),
  "tools/call": (parts) => routed("tools/call", unknownTool, parts),
  "prompts/list": (parts) => namedList("prompts/list", "prompts", parts),
  "prompts/get": (parts) => routed("prompts/get", unknownPrompt, parts),
  "resources/list": resourceList,
  "resources/templates/list": templateList,
  "resources/read": firstToRead,
  "completion/complete": completion,
};

function namedList(method: string, field: string, parts: readonly Mounted[]): Handler {
  return joint(async (run) => {
    const lists = await run.each(parts, async (part) =>
      // What a part lists without being its own could not be called.
      (await run.everyPage(part, method, field)).filter((one) => part.owns(one.name as string)),
    );
    return pageOf(lists.flat(), field, run.call, run.runtime);
  });
}

function routed(
  method: string,
  unknown: (name: string) => RpcError,
  parts: readonly Mounted[],
): Handler {
  return (call, runtime) => {
    const name = call.params.name as string;
    const handler = parts.find((part) => part.owns(name))?.handlers.get(method);
    if (!handler) throw unknown(name);
    return handler(call, runtime);
  };
}

function resourceList(parts: readonly Mounted[]): Handler {
  return joint(async (run) => {
    const { call, runtime } = run;
    const lists = parts.map((part) => (position?: JsonValue) => run.page(part, position));
    const { items, next } = await gather(lists, await openCursor(runtime.sealer, call));
    return { resources: items, ...(await sealCursor(runtime.sealer, call, next)) };
  });
}

function templateList(parts: readonly Mounted[]): Handler {
  return joint(async (run) => {
    const lists = await run.each(parts, (part) => templatesOf(part, run));
    const byUri = new Map(
      lists
        .flat()
        .reverse()
        .map((one) => [one.uriTemplate, one]),
    );
    return pageOf([...byUri.values()].reverse(), "resourceTemplates", run.call, run.runtime);
  });
}

function templatesOf(part: Mounted, run: Joint): Promise<JsonObject[]> {
  return run.everyPage(part, "resources/templates/list", "resourceTemplates");
}

/** The first that has it answers; an error that says more than that it is not there counts as an answer. */
function firstToRead(parts: readonly Mounted[]): Handler {
  return joint(async (run) => {
    const { params } = run.call;
    for (const part of parts) {
      try {
        const result = await run.result(part, "resources/read", params);
        if (result) return result;
      } catch (error) {
        if (!(error instanceof ResourceNotFound)) throw error;
      }
    }
    throw new ResourceNotFound(params.uri as string);
  });
}

function completion(parts: readonly Mounted[]): Handler {
  return joint(async (run) => {
    const { params } = run.call;
    const ref = isObject(params.ref) ? params.ref : {};
    const part = await partOf(ref, parts, run);
    const result = await run.result(part, "completion/complete", params);
    // A part that completes nothing at all still has what was referred to.
    return result ?? { completion: { values: [] } };
  });
}

async function partOf(ref: JsonObject, parts: readonly Mounted[], run: Joint): Promise<Mounted> {
  if (ref.type === "ref/prompt") {
    const name = ref.name as string;
    const owner = parts.find((part) => part.owns(name) && part.handlers.has("prompts/get"));
    if (!owner) throw unknownPrompt(name);
    return owner;
  }
  for (const part of parts) {
    const templates = await templatesOf(part, run);
    if (templates.some((one) => one.uriTemplate === ref.uri)) return part;
  }
  throw unknownTemplate(ref.uri as string);
}
