import { isObject } from "../jsonrpc/message.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import type { Transport } from "../transport/transport.ts";

/**
 * The far end of every `testTransport` connection: answers `echo` with its params, `seen` with what arrived
 * so far, `close` by closing, and a batch with a batch. Start it on the end under test's peer, in this process
 * or another.
 */
export function echoPeer(transport: Transport): void {
  let messages = 0;
  const damaged: number[] = [];
  const answer = (value: unknown): JsonObject | undefined => {
    messages++;
    if (!isObject(value) || value.id === undefined) return undefined;
    const seen = () => ({ messages, damaged: [...damaged], peakMemory: peakMemory() });
    const result = value.method === "seen" ? seen() : { echo: value.params ?? null };
    return { jsonrpc: "2.0", id: value.id, result };
  };
  transport.start({
    message(value) {
      if (isObject(value) && value.method === "close") return void transport.close();
      const reply = Array.isArray(value)
        ? value.map(answer).filter((one) => one !== undefined)
        : answer(value);
      if (reply !== undefined) transport.send(reply as never);
    },
    damaged(error) {
      damaged.push(error.code);
    },
    closed() {
      void transport.close();
    },
  });
}

/** The most memory this process ever held, in bytes; 0 where the platform does not say. */
function peakMemory(): JsonValue {
  return globalThis.process?.resourceUsage?.().maxRSS * 1024 || 0;
}
