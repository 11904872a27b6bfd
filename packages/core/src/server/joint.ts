import { type Asking, Suspended } from "../kernel/ask.ts";
import type { Call } from "../kernel/call.ts";
import type { Page } from "../kernel/cursor.ts";
import { derivedCall } from "../kernel/derived-call.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import { askingOf, type Handler, type Runtime } from "./feature.ts";
import type { Mounted } from "./mount.ts";

/** Most pages of one list; a source that has more is taken to go round in circles. */
const MOST_PAGES = 1_000;

/** A handler that several parts answer together: what one of them asks the client is asked, under its own keys. */
export function joint(answer: (run: Joint) => Promise<object>): Handler {
  return (call, runtime) => {
    const asking = askingOf(call);
    return asking.run(() => answer(new Joint(call, runtime, asking)));
  };
}

/** One call that several parts answer. */
export class Joint {
  readonly call: Call;
  readonly runtime: Runtime;
  readonly #asking: Asking;

  constructor(call: Call, runtime: Runtime, asking: Asking) {
    this.call = call;
    this.runtime = runtime;
    this.#asking = asking;
  }

  /**
   * What one part answers; nothing when it has no such method.
   * @throws its error
   */
  async result(
    part: Mounted,
    method: string,
    params: JsonObject,
    scope = `${part.name}:${method}`,
  ): Promise<JsonObject | undefined> {
    const handler = part.handlers.get(method);
    if (!handler) return undefined;
    const outcome = await this.#asking.within(scope, (answers) =>
      handler(derivedCall(this.call, { method, params, answers }), this.runtime),
    );
    if (outcome.kind === "complete") return outcome.result;
    if (outcome.kind === "error") throw outcome.error;
    throw new Suspended(`${part.name} waits for the client.`);
  }

  /** One page of a part's resources. */
  async page(
    part: Mounted,
    position: JsonValue | undefined,
  ): Promise<Page<JsonObject> | undefined> {
    const params: JsonObject = position === undefined ? {} : { cursor: position };
    const result = await this.result(part, "resources/list", params);
    return result && { items: result.resources as JsonObject[], next: result.nextCursor };
  }

  /** A whole list of one part. */
  async everyPage(part: Mounted, method: string, field: string): Promise<JsonObject[]> {
    const all: JsonObject[] = [];
    let params: JsonObject = {};
    for (let count = 0; count < MOST_PAGES; count++) {
      const page = await this.result(part, method, params, `${part.name}:${method}:${count}`);
      if (!page) return all;
      all.push(...(page[field] as JsonObject[]));
      if (page.nextCursor === undefined) return all;
      params = { cursor: page.nextCursor };
    }
    throw new Error(`The list ${method} of the source "${part.name}" has no end.`);
  }

  /**
   * Asks every part at once. One that fails is reported and left out: a source that is down must not take the
   * others' lists with it.
   */
  async each<T>(
    parts: readonly Mounted[],
    work: (part: Mounted) => Promise<readonly T[]>,
  ): Promise<T[][]> {
    const settled = await Promise.allSettled(parts.map(work));
    return settled.map((one) => {
      if (one.status === "fulfilled") return [...one.value];
      if (one.reason instanceof Suspended) throw one.reason;
      this.runtime.report(one.reason);
      return [];
    });
  }
}
