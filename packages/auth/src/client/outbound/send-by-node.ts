import type { LookupAddress } from "node:dns";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";
import { deadline, OUTBOUND_LIMITS, type Outbound, type Reply } from "./send.ts";
import { tooLong, unreachable } from "./send-by-fetch.ts";
import type { UrlGuard } from "./url-guard.ts";

/**
 * Sends by Node's own client: a name is resolved once, what it stands for is checked, and the connection goes to
 * the checked address, so that a name that changes its mind (DNS rebinding) leads nowhere else.
 */
export async function sendByNode(
  guard: UrlGuard,
  request: Outbound,
  signal?: AbortSignal,
): Promise<Reply> {
  const lookup = await checkedLookup(guard);
  const { request: open } = await import(
    request.url.protocol === "https:" ? "node:https" : "node:http"
  );
  const answered = new Promise<Reply>((resolve, reject) => {
    // No shared agent: a connection kept from elsewhere would not have passed this lookup.
    const options = { method: request.method, headers: request.headers, agent: false, lookup };
    const outgoing: ClientRequest = open(
      request.url,
      { ...options, signal: deadline(signal) },
      (response: IncomingMessage) => read(response, request.url).then(resolve, reject),
    );
    outgoing.on("error", reject);
    outgoing.end(request.body);
  });
  return answered.catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw unreachable(request.url, cause);
  });
}

async function checkedLookup(guard: UrlGuard): Promise<LookupFunction> {
  const { lookup } = await import("node:dns");
  return (host, options, answer) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, "");
      try {
        for (const { address } of addresses) guard.checkAddress(host, address);
      } catch (refusal) {
        return answer(refusal as Error, "");
      }
      const first = addresses[0] as LookupAddress;
      return options.all ? answer(null, addresses) : answer(null, first.address, first.family);
    });
  };
}

async function read(response: IncomingMessage, url: URL): Promise<Reply> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > OUTBOUND_LIMITS.bytes) throw tooLong(url);
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, values] of Object.entries(response.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString() };
}
