import { invalidParams, JSON_RPC, methodNotFound, RpcError } from "../jsonrpc/rpc-error.ts";
import {
  type CreateMessageRequestParams,
  CreateMessageResult,
  checkFor,
  type ElicitRequestFormParams,
  type ElicitRequestURLParams,
  ListRootsResult,
  METHODS,
  type Methods,
  project,
  type RequestRow,
  type Revision,
  within,
} from "../protocol/index.ts";
import type { JsonObject, JsonSchemaObject } from "../schema/json-schema.ts";
import { type Check, compile, describeIssues, SchemaError } from "../schema/validate.ts";
import { checkConversation } from "./conversation.ts";
import { withDefaults } from "./form.ts";
import { checkRoots, type Handlers, notDeclared } from "./handlers.ts";
import type { Visits } from "./visits.ts";

/**
 * Answers what servers ask through the host's handlers; the same for requests of a legacy server and for
 * the input requests of a modern one.
 */
export class Answers {
  readonly #handlers: Handlers;
  readonly #visits: Visits;
  readonly #revision: Revision;

  constructor(handlers: Handlers, visits: Visits, revision: Revision) {
    this.#handlers = handlers;
    this.#visits = visits;
    this.#revision = revision;
  }

  /**
   * The answer to one question.
   * @throws {RpcError} -32601 for what this revision or this client cannot be asked, -32602 for a mode or
   * part it did not declare and for params of the wrong shape; and what the handler throws
   */
  async answer(method: string, params: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    const run = this.#runner(method);
    const row = inputRow(method, this.#revision);
    if (run === undefined || row === undefined) throw methodNotFound(method);
    const issues = checkFor(row.params, this.#revision)(params);
    if (issues)
      throw invalidParams(`The params of ${method} are invalid: ${describeIssues(issues)}.`);
    return run(params, signal);
  }

  #runner(method: string) {
    const { sample, form, url, roots } = this.#handlers;
    if (method === "sampling/createMessage" && sample) return this.#sample;
    if (method === "elicitation/create" && (form || url)) return this.#elicit;
    if (method === "roots/list" && roots) return this.#roots;
    return undefined;
  }

  readonly #sample = async (params: JsonObject, signal: AbortSignal): Promise<JsonObject> => {
    const request = params as unknown as CreateMessageRequestParams;
    // 2025-11-25 client/sampling: MUST answer with an error when tools come undeclared.
    const tools = request.tools !== undefined || request.toolChoice !== undefined;
    if (tools && !this.#handlers.capabilities.sampling?.tools) throw notDeclared("sampling.tools");
    checkConversation(request.messages);
    const result = await this.#handlers.sample?.(request, { signal });
    return project(
      CreateMessageResult,
      this.#revision,
      result as CreateMessageResult,
    ) as JsonObject;
  };

  readonly #elicit = (params: JsonObject, signal: AbortSignal): Promise<JsonObject> =>
    // client/elicitation: a missing mode MUST be taken for "form".
    params.mode === "url" ? this.#visit(params, signal) : this.#fill(params, signal);

  async #fill(params: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    const { form } = this.#handlers;
    if (form === undefined) throw notDeclared("elicitation in form mode");
    const request = params as unknown as ElicitRequestFormParams;
    const schema = request.requestedSchema as unknown as JsonSchemaObject;
    const check = checkOf(schema);
    const result = await form(request, { signal });
    if (result.action !== "accept") return { action: result.action };
    const content = withDefaults(schema, (result.content ?? {}) as JsonObject);
    const issues = check(content);
    if (issues) {
      throw new RpcError(
        JSON_RPC.internalError,
        `The user's answer does not fit the form: ${describeIssues(issues)}.`,
      );
    }
    return { action: "accept", content };
  }

  async #visit(params: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    const { url } = this.#handlers;
    if (url === undefined) throw notDeclared("elicitation in url mode");
    const request = params as unknown as ElicitRequestURLParams;
    // Security best practices: a page to open MUST be of http or https; javascript: and file: run or read things.
    if (!/^https?:$/.test(URL.parse(request.url)?.protocol ?? "")) {
      throw invalidParams("The url of a page to visit must be an http or https address.");
    }
    const done = this.#visits.done(request.elicitationId);
    // 2025-11-25 client/elicitation: the answer to a page has no content.
    return { action: (await url(request, { signal, done })).action };
  }

  readonly #roots = async (): Promise<JsonObject> => {
    const roots = [...((await this.#handlers.roots?.()) ?? [])];
    checkRoots(roots);
    return project(ListRootsResult, this.#revision, { roots }) as JsonObject;
  };
}

/** Before the form is shown: what the user entered could not be judged, and would be lost. */
function checkOf(schema: JsonSchemaObject): Check {
  try {
    return compile(schema);
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    throw invalidParams(`The form's requestedSchema cannot be used: ${error.message}`);
  }
}

/** The row of something a server may ask, whether it travels as a request or as an input request. */
function inputRow(method: string, revision: Revision): RequestRow | undefined {
  const row = (METHODS as Methods)[method];
  return row?.kind === "request" && within(row, revision) ? row : undefined;
}
