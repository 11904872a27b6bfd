import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";

/** How many calls may run at once; those who share one limit share the room. */
export class CallLimit {
  readonly #most: number;
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** How many run. */
  get running(): number {
    return this.#running;
  }

  get isFull(): boolean {
    return this.#running >= this.#most;
  }

  /** One more runs. Look at {@link isFull} before. */
  enter(): void {
    this.#running++;
  }

  /** One of them is over. */
  leave(): void {
    this.#running--;
  }

  /** The error for a call there is no room for. */
  refusal(): RpcError {
    const message = `${this.#most} requests are running already; wait for some to be answered.`;
    return new RpcError(JSON_RPC.internalError, message);
  }
}
