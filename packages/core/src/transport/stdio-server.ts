import type { Writable } from "node:stream";
import type { MessageLimits } from "../jsonrpc/codec.ts";
import { writeStderr } from "./stderr.ts";
import { standardInput } from "./stdio-input.ts";
import { streamTransport } from "./streams.ts";
import type { Transport } from "./transport.ts";

/** How a server listens on its own standard streams. */
export interface StdioOptions {
  /** Bounds on one incoming message. Default `MESSAGE_LIMITS`. */
  readonly limits?: MessageLimits;
}

let open = false;

/**
 * The server's end of stdio: messages on standard input and output of this process, one line each.
 *
 * While it is open, whatever else the process prints through `console` or `process.stdout.write` goes to
 * standard error: a server MUST NOT write anything but messages to stdout (basic/transports/stdio). Writes
 * that bypass `process.stdout` are out of its sight: `fs.writeSync(1, …)`, a child that inherited the descriptor.
 *
 * @throws {Error} when this process already serves on its standard streams
 */
export function stdio({ limits }: StdioOptions = {}): Transport {
  if (open)
    throw new Error("Standard input and output already carry a connection; close it first.");
  open = true;
  // Streams rather than fs.read and fs.write on 0 and 1: those block a thread of the pool until the peer
  // writes, which also holds up `process.exit`, and fail with EAGAIN on a descriptor that does not block.
  const { stdout } = process;
  const input = standardInput();
  const guard = guardOutput(stdout);
  return streamTransport({
    input,
    output: stdout,
    write: guard.write,
    ...(limits && { limits }),
    // The streams belong to the process: they are given back, not destroyed.
    release() {
      input.pause();
      guard.restore();
      open = false;
    },
  });
}

/** Sends other writers of `stdout` to standard error; `write` is the way through. `console` calls the same method. */
function guardOutput(stdout: Writable): { write: Writable["write"]; restore(): void } {
  const write = stdout.write;
  const redirect = writeStderr as Writable["write"];
  stdout.write = redirect;
  return {
    write: write.bind(stdout),
    restore() {
      if (stdout.write === redirect) stdout.write = write;
    },
  };
}
