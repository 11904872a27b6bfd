import { isObject } from "../jsonrpc/message.ts";
import { methodNotFound, type RpcError } from "../jsonrpc/rpc-error.ts";
import type { Call, Principal } from "../kernel/call.ts";
import type { Middleware } from "../kernel/compose.ts";
import { derivedCall, withParams } from "../kernel/derived-call.ts";
import { InsufficientScope } from "../kernel/insufficient-scope.ts";
import { failed, type Outcome } from "../kernel/outcome.ts";
import {
  ResourceNotFound,
  unknownPrompt,
  unknownTemplate,
  unknownTool,
} from "../kernel/unknown.ts";
import { METHODS, type Methods } from "../protocol/index.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import { Access, type Wanted } from "./authorise-access.ts";
import { type AccessRule, rulebook } from "./authorise-rules.ts";
import { beginningOf } from "./authorise-template.ts";

export type {
  AccessRule,
  Callers,
  CapabilityRule,
  ImplicationRule,
  Patterns,
  ResourceRule,
  ScopeRule,
} from "./authorise-rules.ts";

/**
 * Lets each caller list, call, read, complete and subscribe to what `rules` grant. What is not granted does not
 * exist for the caller: it is in no list and its name is answered as an unknown one. What is granted but needs
 * a scope the caller lacks fails with {@link InsufficientScope}, which HTTP turns into a challenge.
 * Without rules of a kind, everything of that kind is granted.
 * @throws {TypeError} when a rule could not mean what it says
 */
export function authorise(rules: readonly AccessRule[]): Middleware {
  const book = rulebook(rules);
  const nobody = new Access(book, undefined);
  const known = new WeakMap<Principal, Access>();
  const accessOf = (principal: Principal | undefined): Access => {
    if (principal === undefined) return nobody;
    const access = known.get(principal) ?? new Access(book, principal);
    known.set(principal, access);
    return access;
  };
  return async function authorise(call, next) {
    const access = accessOf(call.principal);
    const refusal = refusalOf(access, call);
    if (refusal) return failed(refusal);
    return onlyWhatIsSeen(await next(narrowed(judging(call, access), access)), call, access);
  };
}

/** What a call asks for, without who asks. */
type Asked = Pick<Call, "method" | "params">;

function refusalOf(access: Access, asked: Asked): RpcError | undefined {
  return unknownTo(access, asked) ?? lacking(access, asked);
}

/** The error for what does not exist for this caller. */
function unknownTo(access: Access, call: Asked): RpcError | undefined {
  const { method, params } = call;
  if (isOwn(method) && !access.sees("methods", method)) return methodNotFound(method);
  const { tool, prompt } = wantedBy(call);
  if (tool !== undefined && !access.sees("tools", tool)) return unknownTool(tool);
  if (prompt !== undefined && !access.sees("prompts", prompt)) return unknownPrompt(prompt);
  // To stop hearing of something is never refused.
  if (method === "resources/unsubscribe") return undefined;
  if (typeof params.uri === "string" && !access.seesUri(params.uri)) {
    return new ResourceNotFound(params.uri);
  }
  const template = templateOf(call);
  if (template === undefined || seesTemplate(access, template, settled(params))) return undefined;
  return unknownTemplate(template);
}

function lacking(access: Access, call: Asked): RpcError | undefined {
  const scopes = access.missing(wantedBy(call));
  return scopes && new InsufficientScope(scopes);
}

/** A method the protocol does not have. Those of tasks are the extension's, and judged by the call a task was. */
function isOwn(method: string): boolean {
  return !Object.hasOwn(METHODS, method) && !isOfTasks(method);
}

function isOfTasks(method: string): boolean {
  return method.startsWith("tasks/");
}

/** What a call is about. Values of a wrong type name nothing; they are refused where params are checked. */
function wantedBy({ method, params }: Asked): Wanted {
  const name = text(params.name);
  const ref = isObject(params.ref) ? params.ref : {};
  switch (method) {
    case "tools/call":
      return { method, tool: name, uris: [] };
    case "prompts/get":
      return { method, prompt: name, uris: [] };
    case "completion/complete":
      return ref.type === "ref/prompt"
        ? { method, prompt: text(ref.name), uris: [] }
        : { method, uris: beginningsOf(text(ref.uri), settled(params)) };
    case "subscriptions/listen":
      return { method, uris: subscribedUris(params) };
    default:
      return { method, uris: [text(params.uri)].filter((uri) => uri !== undefined) };
  }
}

function beginningsOf(template: string | undefined, values: Record<string, string>): string[] {
  const beginning = template === undefined ? undefined : beginningOf(template, values);
  return beginning ? [beginning.text] : [];
}

/** The call with what judges the calls it wants to hear of: only their task's store knows what those were. */
function judging(call: Call, access: Access): Call {
  if (!isOfTasks(call.method) && call.method !== "subscriptions/listen") return call;
  const outer = call.refusalOf;
  return derivedCall(call, { refusalOf: (other) => outer?.(other) ?? refusalOf(access, other) });
}

/** The call with nothing left in it that the caller may not hear of. */
function narrowed(call: Call, access: Access): Call {
  if (call.method !== "subscriptions/listen") return call;
  const { notifications } = call.params;
  const uris = subscribedUris(call.params);
  const seen = uris.filter((uri) => access.seesUri(uri));
  if (seen.length === uris.length || !isObject(notifications)) return call;
  // basic/patterns/subscriptions: the acknowledgement says what of the filter is honoured.
  return withParams(call, {
    ...call.params,
    notifications: { ...notifications, resourceSubscriptions: seen },
  });
}

function subscribedUris({ notifications }: JsonObject): string[] {
  const uris = isObject(notifications) ? notifications.resourceSubscriptions : undefined;
  return Array.isArray(uris) ? uris.filter((uri) => typeof uri === "string") : [];
}

function onlyWhatIsSeen(outcome: Outcome, call: Call, access: Access): Outcome {
  if (outcome.kind !== "complete") return outcome;
  let result = onlySeenFiles(onlyListed(outcome.result, access), access);
  const template = templateOf(call);
  if (template !== undefined) result = onlyCompleted(result, template, call, access);
  const row = Object.hasOwn(METHODS, call.method) ? (METHODS as Methods)[call.method] : undefined;
  // server/utilities/caching: what depends on the caller MUST NOT be kept for others.
  if (row?.kind === "request" && row.cacheableSince && call.method !== "server/discover") {
    result = { ...result, cacheScope: "private" };
  }
  return result === outcome.result ? outcome : { ...outcome, result };
}

type Judge = (access: Access, value: string) => boolean;

/** The lists a result may hold, the field that names their entries, and who may see one. */
const LISTS: Readonly<Record<string, readonly [field: string, isSeen: Judge]>> = {
  tools: ["name", (access, name) => access.sees("tools", name)],
  prompts: ["name", (access, name) => access.sees("prompts", name)],
  resources: ["uri", (access, uri) => access.seesUri(uri)],
  skills: ["uri", (access, uri) => access.seesUri(uri)],
  resourceTemplates: ["uriTemplate", (access, template) => seesTemplate(access, template)],
};

/** A page may become short, even empty; the cursor leads on as before (server/utilities/pagination). */
function onlyListed(result: JsonObject, access: Access): JsonObject {
  let filtered = result;
  for (const [list, [field, isSeen]] of Object.entries(LISTS)) {
    const entries = result[list];
    if (!Array.isArray(entries)) continue;
    const seen = entries.filter((entry) => {
      const value = isObject(entry) ? entry[field] : undefined;
      return typeof value !== "string" || isSeen(access, value);
    });
    if (seen.length < entries.length) filtered = { ...filtered, [list]: seen };
  }
  return filtered;
}

/** What skills say of their files, digests and sizes included, is kept to those the caller may read. */
function onlySeenFiles(result: JsonObject, access: Access): JsonObject {
  const { skill, skills } = result;
  if (skill === undefined && skills === undefined) return result;
  const seen = (one: JsonValue): JsonValue => (isObject(one) ? onlyListed(one, access) : one);
  return {
    ...result,
    ...(skill !== undefined && { skill: seen(skill) }),
    ...(Array.isArray(skills) && { skills: skills.map(seen) }),
  };
}

/** Takes out suggestions under which nothing exists for this caller: they name what belongs to others. */
function onlyCompleted(
  result: JsonObject,
  template: string,
  { params }: Call,
  access: Access,
): JsonObject {
  const { completion } = result;
  const name = isObject(params.argument) ? text(params.argument.name) : undefined;
  if (!isObject(completion) || !Array.isArray(completion.values) || name === undefined) {
    return result;
  }
  const seen = completion.values.filter(
    (value) =>
      typeof value === "string" &&
      seesTemplate(access, template, { ...settled(params), [name]: value }),
  );
  if (seen.length === completion.values.length) return result;
  // How many there are in all would count what is hidden.
  const { total, ...rest } = completion;
  return { ...result, completion: { ...rest, values: seen } };
}

function templateOf({ method, params: { ref } }: Asked): string | undefined {
  if (method !== "completion/complete" || !isObject(ref) || ref.type === "ref/prompt") return;
  return text(ref.uri);
}

function seesTemplate(access: Access, template: string, values = {}): boolean {
  const beginning = beginningOf(template, values);
  return beginning !== undefined && access.seesBeginning(beginning);
}

/** The variables the client has settled already, besides the one it completes. */
function settled({ context }: JsonObject): Record<string, string> {
  const given = isObject(context) && isObject(context.arguments) ? context.arguments : {};
  const strings = Object.entries(given).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(strings) as Record<string, string>;
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
