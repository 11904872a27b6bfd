import type {
  CreateMessageRequestParams,
  CreateMessageResult,
  InputRequest,
  ListRootsResult,
} from "../protocol/index.ts";
import { s } from "../schema/build.ts";
import { compile } from "../schema/compile.ts";
import { describeIssues } from "../schema/issue.ts";
import type { JsonObject, JsonSchemaObject } from "../schema/json-schema.ts";
import type { Schema } from "../schema/standard.ts";
import type { RequiredCapability } from "./capability.ts";

/** Something only the client, its user or its model can answer; `T` is the type of the answer. */
export interface Question<T> {
  readonly request: InputRequest;
  /** What the client must have declared to be asked this. */
  readonly needs: RequiredCapability;
  /** Says what is wrong with an answer; nothing when it is one. */
  readonly check: (answer: JsonObject) => string | undefined;
  /** Never set; carries the type of the answer. */
  readonly answer?: T;
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
 */
export function elicit<T>(message: string, schema: Schema<T>): Question<FormAnswer<T>> {
  const requestedSchema = flatObject(schema.json);

  return {
    request: {
      method: "elicitation/create",
      params: { mode: "form", message, requestedSchema },
    } as InputRequest,
    needs: { elicitation: { form: {} } },
    check: (answer) =>
      checkAction(answer) ??
      (answer.action === "accept" ? checkForm(requestedSchema, answer) : undefined),
  };
}

/** Asks the user yes or no: a form without fields. */
export function confirm(message: string): Question<FormAnswer<object>> {
  return elicit(message, s.object({}));
}

/**
 * Sends the user to `url`, for what must not pass through the client: credentials, payment
 * (client/elicitation, URL mode).
 */
export function elicitUrl(message: string, url: string): Question<UrlAnswer> {
  return {
    request: {
      method: "elicitation/create",
      params: { mode: "url", message, url },
    } as InputRequest,
    needs: { elicitation: { url: {} } },
    check: checkAction,
  };
}

/** Asks the client's model for a message (client/sampling; deprecated since 2026-07-28). */
export function sample(params: CreateMessageRequestParams): Question<CreateMessageResult> {
  return {
    request: { method: "sampling/createMessage", params } as InputRequest,
    needs: { sampling: params.tools ? { tools: {} } : {} },
    check: (answer) =>
      typeof answer.model === "string" && typeof answer.content === "object"
        ? undefined
        : "a sampling answer needs role, content and model",
  };
}

/** Asks for the folders the client works in (client/roots; deprecated since 2026-07-28). */
export function listRoots(): Question<ListRootsResult> {
  return {
    request: { method: "roots/list" } as InputRequest,
    needs: { roots: {} },
    check: (answer) =>
      Array.isArray(answer.roots) ? undefined : "an answer to roots/list needs an array of roots",
  };
}

function checkForm(schema: JsonSchemaObject, answer: JsonObject): string | undefined {
  const issues = compile(schema)(answer.content ?? {});
  return issues && describeIssues(issues);
}

function checkAction(answer: JsonObject): string | undefined {
  return ["accept", "decline", "cancel"].includes(answer.action as string)
    ? undefined
    : "action must be accept, decline or cancel";
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
