import { decode } from "../../jsonrpc/codec.ts";
import { RpcError } from "../../jsonrpc/rpc-error.ts";
import { type Exchange, HttpRefusal } from "../../transport/http/exchange.ts";
import { isJson } from "../../transport/http/media-types.ts";
import { errorAnswer, refusal } from "../../transport/http/refusals.ts";
import type { HttpLimits } from "./options.ts";

/**
 * Reads what was posted.
 * @throws {HttpRefusal} when it is no JSON, too long or too deep
 */
export async function readMessage(exchange: Exchange, limits: HttpLimits): Promise<unknown> {
  if (!isJson(exchange.header("content-type"))) {
    throw new HttpRefusal(refusal(415, "The Content-Type must be application/json."));
  }
  const encoding = exchange.header("content-encoding");
  if (encoding !== undefined && encoding !== "identity") {
    throw new HttpRefusal(refusal(415, "Compressed bodies are not read; send the body as it is."));
  }
  const text = await exchange.text(limits.bodyBytes);
  try {
    return decode(text, { bytes: limits.bodyBytes, depth: limits.depth });
  } catch (error) {
    throw error instanceof RpcError ? new HttpRefusal(errorAnswer(400, error)) : error;
  }
}
