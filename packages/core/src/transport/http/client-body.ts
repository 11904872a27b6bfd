import { type MessageLimits, tooLong } from "../../jsonrpc/codec.ts";
import { JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";

/** Most bytes of an unwanted body that are read, so that its connection can be used again. */
const MOST_DISCARDED = 64 * 1024;

/** The media type of a response, without its parameters. */
export function mediaType(response: Response): string {
  const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
  return type.trim().toLowerCase();
}

/**
 * The whole body as text.
 * @throws {RpcError} -32600 when it is longer than `limits` allow, -32700 when it is not UTF-8
 */
export async function readText(response: Response, limits: MessageLimits): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  if (isShort(response, limits)) {
    return decoded(decoder, new Uint8Array(await response.arrayBuffer())) + decoded(decoder);
  }
  const parts: string[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limits.bytes) throw tooLong(limits);
    parts.push(decoded(decoder, chunk));
  }
  parts.push(decoded(decoder));
  return parts.join("");
}

/** True when a body says that it is within bounds, which spares reading it piece by piece. Compressed, it cannot know. */
function isShort({ headers }: Response, limits: MessageLimits): boolean {
  const length = headers.get("content-length");
  return length !== null && Number(length) <= limits.bytes && !headers.has("content-encoding");
}

/** Reads a body nobody wants to its end, or drops the connection when that is far. */
export async function discard(response: Response): Promise<void> {
  let bytes = 0;
  try {
    // A stream of events may never end.
    if (mediaType(response) === "text/event-stream") return await response.body?.cancel();
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > MOST_DISCARDED) return;
    }
  } catch {
    // It was not wanted.
  }
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw new RpcError(JSON_RPC.parseError, "Parse error: the message is not UTF-8.");
  }
}
