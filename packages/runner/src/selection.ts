import {
  type Call,
  complete,
  type Dispatch,
  derivedCall,
  dispatch,
  JSON_RPC,
  type JsonObject,
  LATEST_LEGACY_REVISION,
  RpcError,
  type ServerDefinition,
} from "@portico/core";
import { ConfigError } from "./config-error.ts";
import { nearest } from "./nearest.ts";

/** What is looked at in a listed tool. */
type ListedTool = JsonObject & {
  readonly name: string;
  readonly annotations?: { readonly readOnlyHint?: boolean };
};

/** Answers one method of a definition. */
type Handler = ServerDefinition["handlers"] extends ReadonlyMap<string, infer H> ? H : never;

/** Which tools the operator wants offered. */
export interface Selection {
  /** Only these; all when empty. */
  readonly tools: readonly string[];
  /** Not these. */
  readonly "disable-tools": readonly string[];
  /** Only those annotated with `readOnlyHint`. */
  readonly "read-only": boolean;
}

/**
 * The same server with only the selected tools: others are neither listed nor callable, also not by another
 * tool. Tools that come and go are judged when they are listed or called.
 *
 * @throws {ConfigError} when a selected name is no tool of the server
 */
export async function selectTools(
  definition: ServerDefinition,
  selection: Selection,
): Promise<ServerDefinition> {
  const list = definition.handlers.get("tools/list");
  const call = definition.handlers.get("tools/call");
  const names = (await allTools(dispatch(definition), ownCall())).map(({ name }) => name);
  refuseUnknown("tools", selection.tools, names);
  refuseUnknown("disable-tools", selection["disable-tools"], names);
  if (!list || !call) return definition;
  const handlers = new Map(definition.handlers);
  handlers.set("tools/list", listSelected(list, selection));
  handlers.set("tools/call", callSelected(list, call, selection));
  return { ...definition, handlers };
}

function refuseUnknown(setting: string, wanted: readonly string[], names: readonly string[]): void {
  const insteadOf = wanted.find((name) => !names.includes(name));
  if (insteadOf === undefined) return;
  const meant = nearest(insteadOf, names);
  const advice = meant ? `did you mean ${meant}?` : `choose from ${names.join(", ")}.`;
  // Without the last name --tools would offer everything, which is not what was asked for.
  const value = meant ?? (setting === "tools" ? names[0] : undefined);
  throw new ConfigError(`There is no tool "${insteadOf}"; ${advice}`, {
    setting,
    insteadOf,
    value,
  });
}

function isNamed(name: string, { tools, "disable-tools": disabled }: Selection): boolean {
  return (tools.length === 0 || tools.includes(name)) && !disabled.includes(name);
}

function isSelected({ name, annotations }: ListedTool, selection: Selection): boolean {
  if (selection["read-only"] && annotations?.readOnlyHint !== true) return false;
  return isNamed(name, selection);
}

function listSelected(list: Handler, selection: Selection): Handler {
  return async (call, runtime) => {
    const outcome = await list(call, runtime);
    if (outcome.kind !== "complete") return outcome;
    const tools = toolsOf(outcome.result).filter((tool) => isSelected(tool, selection));
    return complete({ ...outcome.result, tools });
  };
}

function callSelected(list: Handler, run: Handler, selection: Selection): Handler {
  return async (call, runtime) => {
    const name = call.params.name as string;
    if (!isNamed(name, selection)) throw unknownTool(name);
    if (selection["read-only"]) {
      const tools = await allTools((page) => list(page, runtime), call);
      const tool = tools.find((one) => one.name === name);
      if (!tool || !isSelected(tool, selection)) throw unknownTool(name);
    }
    return run(call, runtime);
  };
}

// server/tools: a tool that is not there is an error of the protocol, -32602.
function unknownTool(name: string): RpcError {
  return new RpcError(JSON_RPC.invalidParams, `Unknown tool: ${name}`);
}

/** Every page of the list, as the caller of `call` sees it. */
async function allTools(list: Dispatch, call: Call): Promise<readonly ListedTool[]> {
  const tools: ListedTool[] = [];
  let params: JsonObject | undefined = {};
  while (params) {
    const outcome = await list(derivedCall(call, { method: "tools/list", params }));
    if (outcome.kind !== "complete") break;
    tools.push(...toolsOf(outcome.result));
    const cursor = outcome.result.nextCursor;
    params = cursor === undefined ? undefined : { cursor };
  }
  return tools;
}

function toolsOf(result: JsonObject): ListedTool[] {
  return result.tools as ListedTool[];
}

/** A caller nobody is, to learn what there is before anybody calls. */
function ownCall(): Call {
  return {
    method: "tools/list",
    params: {},
    revision: LATEST_LEGACY_REVISION,
    client: { capabilities: {} },
    answers: { given: new Map(), steps: new Map() },
    mayAsk: false,
    signal: new AbortController().signal,
    emit() {},
  };
}
