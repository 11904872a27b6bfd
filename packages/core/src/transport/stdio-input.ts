import { fstatSync } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";

/** Bytes read at once; what a pipe holds on Linux. */
const READ_BYTES = 64 * 1024;
const STDIN = 0;

let pipe: Readable | undefined;

/**
 * Standard input of this process, to listen to for `data`.
 *
 * Hosts start servers with a pipe or a socket there. `process.stdin` would give each chunk a buffer of 64 KB of
 * its own, which costs a small message more than its parsing does; here one buffer is used over and over, so
 * a chunk is good only until the listener returns.
 */
export function standardInput(): Readable {
  const kind = fstatSync(STDIN);
  if (!kind.isFIFO() && !kind.isSocket()) return process.stdin;
  // One for the process, as process.stdin is: two readers of a descriptor would take each other's bytes.
  pipe ??= openPipe();
  return pipe;
}

function openPipe(): Readable {
  const socket = new Socket({
    fd: STDIN,
    readable: true,
    writable: false,
    onread: {
      buffer: new Uint8Array(READ_BYTES),
      callback(length, buffer) {
        socket.emit("data", buffer.subarray(0, length));
        return true;
      },
    },
  });
  // Nothing is read, and the process not kept alive, before somebody listens.
  socket.pause();
  return socket;
}
