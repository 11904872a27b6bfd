import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import type { Middleware } from "../kernel/compose.ts";
import type { Outcome } from "../kernel/outcome.ts";
import type {
  CreateMessageRequestParams,
  CreateMessageResult,
  ElicitRequestParams,
  ElicitResult,
  InputRequest,
  Root,
} from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";

/** What a test answers to one question: what a form, a model or the client's folders came to. */
export type AnswerValue = ElicitResult | CreateMessageResult | readonly Root[];

/** An answer, or what makes one of the question as it arrived. */
export type Answer =
  | AnswerValue
  | ((
      question: ElicitRequestParams & CreateMessageRequestParams,
    ) => AnswerValue | Promise<AnswerValue>);

/**
 * Answers by the keys handlers ask under. A question of a tool that was called by another tool is found
 * under its own key, or under the whole path `tool#0/key` where that matters.
 */
export type Answers = Readonly<Record<string, Answer>>;

/** The user filled in the form, or agreed. */
export function accept(content?: Record<string, string | number | boolean | string[]>) {
  return { action: "accept", content: content ?? {} } satisfies ElicitResult;
}

/** The user said no. */
export function decline() {
  return { action: "decline" } satisfies ElicitResult;
}

/** The user closed the question without an answer. */
export function cancel() {
  return { action: "cancel" } satisfies ElicitResult;
}

const TAG = "portico.test/key";
const INNER = /^[^/]*#\d+\//;

/** Ties what a server asks to what a test wants answered, whether or not the wire carries keys. */
export class AnswerBook {
  readonly #answers: Answers;
  #rootsKey = "roots";

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  /** Writes its key on every question that leaves, because legacy revisions have no place for it. */
  readonly tag: Middleware = async (call, next): Promise<Outcome> => {
    const outcome = await next(call);
    if (outcome.kind !== "input_required") return outcome;
    const requests = [...outcome.requests].map(([key, request]) => {
      // Clients are not given the params of roots/list; all its askers want the same.
      if (request.method === "roots/list") this.#rootsKey = key;
      return [key, tagged(request, key)] as const;
    });
    return { ...outcome, requests: new Map(requests) };
  };

  /**
   * The test's answer to a question that arrived.
   * @throws {RpcError} when it has none
   */
  async answer<T extends AnswerValue>(params: object): Promise<T> {
    const { [TAG]: key, ...question } = params as JsonObject;
    return this.#find(String(key), question) as Promise<T>;
  }

  /** The test's answer to roots/list. */
  roots(): Promise<readonly Root[]> {
    return this.#find(this.#rootsKey, {}) as Promise<readonly Root[]>;
  }

  async #find(key: string, question: JsonObject): Promise<AnswerValue> {
    for (let name = key; ; name = name.replace(INNER, "")) {
      const answer = Object.hasOwn(this.#answers, name) ? this.#answers[name] : undefined;
      if (typeof answer === "function") return computed(answer, question);
      if (answer !== undefined) return answer;
      if (!INNER.test(name)) break;
    }
    throw new RpcError(
      JSON_RPC.internalError,
      `The server asked "${key}" and the test has no answer to it: add it to answers.`,
    );
  }
}

/** What `answer` makes of `question`; an assertion that fails in it reaches the test on every revision. */
async function computed(
  answer: (question: never) => AnswerValue | Promise<AnswerValue>,
  question: JsonObject,
): Promise<AnswerValue> {
  try {
    return await answer(question as never);
  } catch (error) {
    if (error instanceof RpcError || !(error instanceof Error)) throw error;
    throw new RpcError(JSON_RPC.internalError, error.message);
  }
}

function tagged(request: InputRequest, key: string): InputRequest {
  const params: object = { ...request.params, [TAG]: key };
  return { ...request, params } as InputRequest;
}
