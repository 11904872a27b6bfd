import {
  type CreateMessageRequestParams,
  CreateMessageResult,
  type InputRequest,
  ListRootsResult,
} from "../protocol/index.ts";
import { s } from "../schema/build.ts";
import { bridge } from "../schema/from-standard.ts";
import { describeIssues } from "../schema/issue.ts";
import type { JsonObject, JsonSchemaObject } from "../schema/json-schema.ts";
import type { Output, Schema, StandardSchema } from "../schema/standard.ts";
import type { RequiredCapability } from "./capability.ts";

/** Something only the client, its user or its model can answer; `T` is the type of the answer. */
export interface Question<T> {
  readonly request: InputRequest;
  /** What the client must have declared to be asked this. */
  readonly needs: RequiredCapability;
  /** Takes an answer from the wire. @throws {WrongAnswer} when it is none */
  readonly read: (answer: JsonObject) => T | Promise<T>;
}

/** The client answered something that cannot be an answer; the message says what is wrong with it. */
export class WrongAnswer extends Error {
  override readonly name = "WrongAnswer";
}

/** What came of a form: the user's entries, or that there are none. */
export type FormAnswer<T> =
  | { readonly action: "accept"; readonly content: T }
  | { readonly action: "decline" | "cancel"; readonly content?: undefined };

/** What came of sending the user to a URL. */
export interface UrlAnswer {
  readonly action: "accept" | "decline" | "cancel";
}

/**
 * Asks the user to fill in a form (client/elicitation, form mode).
 * @param message what is asked and why, in the user's words
 * @param schema a flat object of strings, numbers, booleans and enums; never for secrets
 * @throws {TypeError} when the schema is anything else
 */
export function elicit<S extends StandardSchema>(
  message: string,
  schema: S,
): Question<FormAnswer<Output<S>>> {
  const { json, check } = bridge(schema, "a form", "input");
  const params = { mode: "form", message, requestedSchema: flatObject(json) };
  return {
    request: { method: "elicitation/create", params } as InputRequest,
    needs: { elicitation: { form: {} } },
    async read(answer) {
      const action = readAction(answer);
      if (action !== "accept") return { action };
      const checked = await check(answer.content ?? {});
      if (checked.issues) throw new WrongAnswer(checked.message);
      return { action, content: checked.value as Output<S> };
    },
  };
}

/** Asks the user yes or no: a form without fields. */
export function confirm(message: string): Question<FormAnswer<object>> {
  return elicit(message, s.object({}) as Schema<object>);
}

/**
 * Sends the user to `url`, for what must not pass through the client: credentials, payment
 * (client/elicitation, URL mode). The answer says that the user agreed to go there, not that they are done.
 * @param id names the visit, so that `Changes.elicitationCompleted` can say when it is over. Must be the same
 *   each time the handler is entered. Default: a random one nobody can announce.
 */
export function elicitUrl(message: string, url: string, id?: string): Question<UrlAnswer> {
  return {
    request: visit(message, url, id),
    needs: { elicitation: { url: {} } },
    read: (answer) => ({ action: readAction(answer) }),
  };
}

/** The request that sends the user to a page. */
export function visit(message: string, url: string, id?: string): InputRequest {
  const params = { mode: "url", message, url, ...(id !== undefined && { elicitationId: id }) };
  return { method: "elicitation/create", params } as InputRequest;
}

/** Asks the client's model for a message (client/sampling; deprecated since 2026-07-28). */
export function sample(params: CreateMessageRequestParams): Question<CreateMessageResult> {
  const usesTools = params.tools !== undefined || params.toolChoice !== undefined;
  return {
    request: { method: "sampling/createMessage", params } as InputRequest,
    needs: { sampling: usesTools ? { tools: {} } : {} },
    read: (answer) => readAs(CreateMessageResult, answer),
  };
}

/** Asks for the folders the client works in (client/roots; deprecated since 2026-07-28). */
export function listRoots(): Question<ListRootsResult> {
  return {
    // The params may be absent, but the official Go SDK (1.8.0) cannot read the request without them.
    request: { method: "roots/list", params: {} } as InputRequest,
    needs: { roots: {} },
    read: (answer) => readAs(ListRootsResult, answer),
  };
}

function readAction(answer: JsonObject): UrlAnswer["action"] {
  const { action } = answer;
  if (action === "accept" || action === "decline" || action === "cancel") return action;
  throw new WrongAnswer("action must be accept, decline or cancel");
}

async function readAs<T>(shape: StandardSchema<T>, answer: JsonObject): Promise<T> {
  const result = await shape["~standard"].validate(answer);
  if (result.issues) throw new WrongAnswer(describeIssues(result.issues));
  return result.value;
}

// client/elicitation: requestedSchema is restricted to a flat object of primitive properties.
function flatObject(json: JsonSchemaObject): JsonSchemaObject {
  for (const [name, property] of Object.entries(json.properties ?? {})) {
    const type = typeof property === "object" ? property.type : undefined;
    if (typeof type !== "string" || type === "object") {
      throw new TypeError(
        `A form can only ask for strings, numbers, booleans and enums; "${name}" is none of them.`,
      );
    }
  }
  return {
    type: "object",
    properties: json.properties ?? {},
    ...(json.required && { required: json.required }),
  };
}
