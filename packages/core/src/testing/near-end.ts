import type { RequestId } from "../jsonrpc/message.ts";
import { isObject } from "../jsonrpc/message.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { Transport } from "../transport/transport.ts";
import { check, checkEqual } from "./check.ts";

/** The end under test in `testTransport`, with a record of what it delivered. */
export class NearEnd {
  readonly transport: Transport;
  readonly received: unknown[] = [];
  /** How often `closed` was called. */
  closures = 0;
  readonly #violations: string[] = [];
  #nextId = 1;
  #wake: () => void = () => {};

  constructor(transport: Transport) {
    this.transport = transport;
    let started = false;
    const note = (event: string) => {
      if (!started) this.#violations.push(`${event} before start returned`);
      if (this.closures > 0) this.#violations.push(`${event} after closed`);
    };
    transport.start({
      message: (value) => {
        note("a message");
        this.received.push(value);
        this.#wake();
      },
      damaged: (error) => this.#violations.push(`damage that nobody did: ${error.message}`),
      closed: () => {
        note("closed");
        this.closures++;
        this.#wake();
      },
    });
    started = true;
  }

  /** @throws {Error} when the transport broke its contract at any time, or never reported its end */
  checkBehaviour(): void {
    checkEqual(this.#violations, []);
    check(this.closures === 1, `closed was called ${this.closures} times`);
  }

  /** Sends one request and returns its id. */
  request(method: string, params?: JsonObject): RequestId {
    const id = this.#nextId++;
    this.transport.send({ jsonrpc: "2.0", id, method, ...(params && { params }) });
    return id;
  }

  /** Sends a request and resolves with its result. */
  async call(method: string, params?: JsonObject): Promise<JsonObject> {
    const id = this.request(method, params);
    const find = () => this.received.find((value) => isObject(value) && value.id === id);
    await this.until(() => find() !== undefined || this.closures > 0);
    const answer = find() as { result: JsonObject } | undefined;
    check(answer !== undefined, `the connection closed before ${method} was answered`);
    return answer.result;
  }

  /** The peer saw exactly these errors so far, and the connection still works. */
  async checkDamage(codes: readonly number[]): Promise<void> {
    checkEqual(await this.call("echo", { after: true }), { echo: { after: true } });
    checkEqual((await this.call("seen")).damaged, [...codes]);
  }

  /** Resolves as soon as what was delivered makes `condition` true. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
