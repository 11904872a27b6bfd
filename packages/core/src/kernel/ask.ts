import { invalidParams } from "../jsonrpc/rpc-error.ts";
import type { ClientCapabilities, InputRequest } from "../protocol/index.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import type { Answers } from "./answers.ts";
import { MissingClientCapability, supports } from "./capability.ts";
import { complete, type Outcome } from "./outcome.ts";
import { type Question, WrongAnswer } from "./questions.ts";

/** Thrown to leave a handler that must wait for the client. Let it pass: the handler will be entered again. */
export class Suspended extends Error {
  override readonly name = "Suspended";
}

/** A handler that reads one answer more often than this in one run is taken to be in a loop. */
const MOST_READS = 10_000;

/**
 * One run of a handler that may need the client. A question that is already answered returns at once;
 * any other is recorded and suspends the run, after which the handler is entered anew with the answer.
 * What was recorded wins over whatever the handler returned or threw meanwhile, so a careless `catch`
 * cannot turn an open question into a result.
 */
export class Asking {
  readonly #answers: Answers;
  readonly #capabilities: ClientCapabilities;
  // Most handlers ask nothing, so what only questions need is made by the first one.
  #open: Map<string, InputRequest> | undefined;
  #used: Map<string, JsonObject> | undefined;
  #steps: Map<string, JsonValue> | undefined;
  #running: Map<string, Promise<JsonValue>> | undefined;
  #reads = 0;

  constructor(answers: Answers, capabilities: ClientCapabilities) {
    this.#answers = answers;
    this.#capabilities = capabilities;
  }

  /**
   * The answer to `question`.
   * @param key names the question; unique among the questions of one call
   * @throws {MissingClientCapability} when the client cannot be asked this
   * @throws {RpcError} -32602 when the client's answer has the wrong shape
   */
  ask<T>(key: string, question: Question<T>): Promise<T> {
    const answer = this.#ask(key, question);
    // A handler may start several questions before it awaits the first; none may count as unhandled.
    answer.catch(() => {});
    return answer;
  }

  async #ask<T>(key: string, question: Question<T>): Promise<T> {
    // basic/patterns/mrtr: MUST NOT ask for what the client did not declare.
    if (!supports(this.#capabilities, question.needs)) {
      throw new MissingClientCapability(question.needs);
    }
    const answer = this.#answers.given.get(key);
    if (answer === undefined) return this.#suspend(key, question.request);
    if (++this.#reads > MOST_READS) {
      throw new Error(`The answer to "${key}" is read in a loop; ask again under another key.`);
    }
    this.#used ??= new Map();
    this.#used.set(key, answer);
    try {
      return await question.read(answer);
    } catch (error) {
      if (!(error instanceof WrongAnswer)) throw error;
      throw invalidParams(`The answer to "${key}" is wrong: ${error.message}.`);
    }
  }

  #suspend(key: string, request: InputRequest): never {
    this.#open ??= new Map();
    this.#open.set(key, request);
    throw new Suspended(`Waiting for the client to answer "${key}".`);
  }

  /**
   * Does a step only the first time the handler gets here, and remembers its value.
   * @param key names the step; unique among the steps of one call
   * @param step what to do; its value must survive JSON, because it may travel through the client
   */
  async once<T extends JsonValue>(key: string, step: () => T | Promise<T>): Promise<T> {
    if (this.#done.has(key)) return this.#done.get(key) as T;
    const running = this.#running?.get(key);
    if (running) return running as Promise<T>;
    this.#stopIfOpen(key);
    const started = Promise.resolve(step());
    this.#running ??= new Map();
    this.#running.set(key, started);
    try {
      const value = await started;
      this.#keep(key, value);
      return value;
    } finally {
      this.#running.delete(key);
    }
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
    if (this.#done.has(scope)) return complete(this.#done.get(scope) as JsonObject);
    this.#stopIfOpen(scope);
    const prefix = `${scope}/`;
    const given = unprefixed(this.#answers.given, prefix);
    let outcome: Outcome | undefined;
    try {
      outcome = await call({ given, steps: unprefixed(this.#answers.steps, prefix) });
    } finally {
      // One that failed is run again when the handler is: it must not ask again what it was answered.
      if (outcome?.kind !== "complete") this.#use(prefix, given);
    }
    if (outcome.kind === "complete") this.#keep(scope, outcome.result);
    if (outcome.kind !== "input_required") return outcome;
    for (const [key, value] of outcome.answers.steps) this.#keep(prefix + key, value);
    this.#open ??= new Map();
    for (const [key, request] of outcome.requests) this.#open.set(prefix + key, request);
    throw new Suspended(`Waiting for the client to answer "${scope}".`);
  }

  /** Runs `handler`, which gives a result, to its outcome. */
  async run(handler: () => Promise<object>): Promise<Outcome> {
    let result: object;
    try {
      result = await handler();
    } catch (error) {
      if (this.#open === undefined) throw error;
      return this.#required(this.#open);
    }
    return this.#open === undefined ? complete(result as JsonObject) : this.#required(this.#open);
  }

  #use(prefix: string, given: ReadonlyMap<string, JsonObject>): void {
    this.#used ??= new Map();
    for (const [key, answer] of given) this.#used.set(prefix + key, answer);
  }

  get #done(): ReadonlyMap<string, JsonValue> {
    return this.#steps ?? this.#answers.steps;
  }

  #keep(key: string, value: JsonValue): void {
    this.#steps ??= new Map(this.#answers.steps);
    this.#steps.set(key, value);
  }

  /** Nothing new is begun in a run that will be repeated anyway. */
  #stopIfOpen(key: string): void {
    if (this.#open) throw new Suspended(`"${key}" waits for the client's answers.`);
  }

  #required(requests: ReadonlyMap<string, InputRequest>): Outcome {
    const answers = { given: this.#used ?? new Map(), steps: this.#done };
    return { kind: "input_required", requests, answers };
  }
}

function unprefixed<T>(map: ReadonlyMap<string, T>, prefix: string): ReadonlyMap<string, T> {
  if (map.size === 0) return map;
  const inner = [...map].filter(([key]) => key.startsWith(prefix));
  return new Map(inner.map(([key, value]) => [key.slice(prefix.length), value]));
}
