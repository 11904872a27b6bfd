import type { IncomingMessage } from "node:http";

type RequestClass = typeof IncomingMessage;

/** Takes the parts of a body as they come. */
interface Receiver {
  readonly chunk: (chunk: Buffer) => void;
  readonly end: () => void;
}

const RECEIVE = Symbol("receive");

/** A request that can hand over its body without being a stream first. */
interface DirectRequest extends IncomingMessage {
  [RECEIVE](receiver: Receiver): boolean;
}

/**
 * The requests of a server of our own: to be a stream first would cost each body that is there already two more turns
 * of the event loop.
 */
export function directRequests(Base: RequestClass): RequestClass {
  return class extends Base implements DirectRequest {
    #receiver: Receiver | undefined;

    [RECEIVE](receiver: Receiver): boolean {
      if (this.complete || this.readableLength > 0) return false;
      this.#receiver = receiver;
      return true;
    }

    override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
      if (!this.#receiver) return super.push(chunk, encoding);
      if (chunk === null) this.#receiver.end();
      else this.#receiver.chunk(chunk);
      return true;
    }

    /** Node lets flow away what nobody read; here there is nothing. */
    override resume(): this {
      return this.#receiver ? this : super.resume();
    }
  };
}

/** Has the body of any request handed to `receiver`, in parts. */
export function receive(request: IncomingMessage, receiver: Receiver): void {
  if ((request as Partial<DirectRequest>)[RECEIVE]?.(receiver)) return;
  request.on("data", receiver.chunk).on("end", receiver.end);
}
