import { isObject } from "../jsonrpc/message.ts";
import type { Call } from "../kernel/call.ts";
import type { Outcome } from "../kernel/outcome.ts";
import { METHODS } from "../protocol/index.ts";
import { nameOf } from "./facts.ts";

/** Most names remembered; a server that computes its tools could otherwise have any number. */
const MOST_NAMES = 500;

/**
 * The tools, prompts and methods that are known to exist, because the server listed or answered them. Whoever
 * labels by name asks here first: a caller can make up names without end.
 */
export class KnownNames {
  readonly #names = new Set<string>();

  /** Learns from one call and what came of it. */
  learn(call: Call, outcome: Outcome): void {
    if (outcome.kind === "error") return;
    this.#add(keyOf("method", call.method));
    const name = nameOf(call);
    if (name !== undefined) this.#add(keyOf(call.method, name));
    if (outcome.kind === "input_required") return;
    if (call.method === "tools/list") this.#addEach("tools/call", outcome.result.tools);
    if (call.method === "prompts/list") this.#addEach("prompts/get", outcome.result.prompts);
  }

  /** True for the protocol's own methods, and for a method that was answered once. */
  hasMethod(method: string): boolean {
    return Object.hasOwn(METHODS, method) || this.#names.has(keyOf("method", method));
  }

  /** True when what the call names exists. */
  hasNameOf(call: Call): boolean {
    const name = nameOf(call);
    return name !== undefined && this.#names.has(keyOf(call.method, name));
  }

  #addEach(method: string, listed: unknown): void {
    if (!Array.isArray(listed)) return;
    for (const one of listed) {
      if (isObject(one) && typeof one.name === "string") this.#add(keyOf(method, one.name));
    }
  }

  #add(key: string): void {
    if (this.#names.size < MOST_NAMES) this.#names.add(key);
  }
}

function keyOf(kind: string, name: string): string {
  return `${kind} ${name}`;
}
