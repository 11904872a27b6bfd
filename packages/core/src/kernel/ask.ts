import { invalidParams } from "../jsonrpc/rpc-error.ts";
import type { ClientCapabilities, InputRequest } from "../protocol/index.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import type { Answers } from "./answers.ts";
import { MissingClientCapability, supports } from "./capability.ts";
import { complete, type Outcome } from "./outcome.ts";
import type { Question } from "./questions.ts";

/** Thrown to leave a handler that must wait for the client. Let it pass: the handler will be entered again. */
export class Suspended extends Error {
  override readonly name = "Suspended";
}

/**
 * One run of a handler that may need the client. A question that is already answered returns at once;
 * any other is recorded and suspends the run, after which the handler is entered anew with the answer.
 * What was recorded wins over whatever the handler returned or threw meanwhile, so a careless `catch`
 * cannot turn an open question into a result.
 */
export class Asking {
  readonly #answers: Answers;
  readonly #capabilities: ClientCapabilities;
  readonly #open = new Map<string, InputRequest>();
  readonly #used = new Map<string, JsonObject>();
  readonly #steps: Map<string, JsonValue>;

  constructor(answers: Answers, capabilities: ClientCapabilities) {
    this.#answers = answers;
    this.#capabilities = capabilities;
    this.#steps = new Map(answers.steps);
  }

  /**
   * The answer to `question`.
   * @param key names the question; unique among the questions of one call
   * @throws {MissingClientCapability} when the client cannot be asked this
   * @throws {RpcError} -32602 when the client's answer has the wrong shape
   */
  async ask<T>(key: string, question: Question<T>): Promise<T> {
    // basic/patterns/mrtr: MUST NOT ask for what the client did not declare.
    if (!supports(this.#capabilities, question.needs)) {
      throw new MissingClientCapability(question.needs);
    }
    const answer = this.#answers.given.get(key);
    if (answer === undefined) {
      this.#open.set(key, question.request);
      throw new Suspended(`Waiting for the client to answer "${key}".`);
    }
    const wrong = question.check(answer);
    if (wrong !== undefined) throw invalidParams(`The answer to "${key}" is wrong: ${wrong}.`);
    this.#used.set(key, answer);
    return answer as T;
  }

  /**
   * Does a step only the first time the handler gets here, and remembers its value.
   * @param key names the step; unique among the steps of one call
   * @param step what to do; its value must survive JSON, because it may travel through the client
   */
  async once<T extends JsonValue>(key: string, step: () => T | Promise<T>): Promise<T> {
    if (this.#steps.has(key)) return this.#steps.get(key) as T;
    if (this.#open.size > 0) throw new Suspended(`"${key}" waits for the client's answers.`);
    const value = await step();
    this.#steps.set(key, value);
    return value;
  }

  /** True when the client can be asked `question`; for a handler that has another way. */
  can(question: Question<unknown>): boolean {
    return supports(this.#capabilities, question.needs);
  }

  /**
   * Runs another call inside this one, its questions and steps kept apart under `scope`. Once it is
   * complete it is a step that is done: entering the handler again does not run it again.
   * @throws {Suspended} when the inner call must wait for the client
   */
  async within(scope: string, call: (answers: Answers) => Promise<Outcome>): Promise<Outcome> {
    const done = this.#steps.get(scope);
    if (done !== undefined) return complete(done as JsonObject);
    if (this.#open.size > 0) throw new Suspended(`"${scope}" waits for the client's answers.`);
    const prefix = `${scope}/`;
    const outcome = await call({
      given: unprefixed(this.#answers.given, prefix),
      steps: unprefixed(this.#steps, prefix),
    });
    if (outcome.kind === "complete") this.#steps.set(scope, outcome.result);
    if (outcome.kind !== "input_required") return outcome;
    for (const [key, request] of outcome.requests) this.#open.set(prefix + key, request);
    for (const [key, answer] of outcome.answers.given) this.#used.set(prefix + key, answer);
    for (const [key, value] of outcome.answers.steps) this.#steps.set(prefix + key, value);
    throw new Suspended(`Waiting for the client to answer "${scope}".`);
  }

  /** Runs `handler` to its outcome. */
  async run(handler: () => Promise<Outcome>): Promise<Outcome> {
    let thrown: unknown;
    let outcome: Outcome | undefined;
    try {
      outcome = await handler();
    } catch (error) {
      thrown = error;
    }
    if (this.#open.size > 0) return this.#required();
    if (outcome === undefined) throw thrown;
    return outcome;
  }

  #required(): Outcome {
    const answers = { given: this.#used, steps: this.#steps };
    return { kind: "input_required", requests: this.#open, answers };
  }
}

function unprefixed<T>(map: ReadonlyMap<string, T>, prefix: string): Map<string, T> {
  const inner = [...map].filter(([key]) => key.startsWith(prefix));
  return new Map(inner.map(([key, value]) => [key.slice(prefix.length), value]));
}
