import { once } from "node:events";
import { type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";

const HEADERS = {
  "Content-Type": "application/json",
  Accept: "application/json, text/event-stream",
};

/** Posts what `fetch` would not, and says with which status it is answered; a longer body may be announced than sent. */
export async function rawPost(
  url: URL,
  headers: OutgoingHttpHeaders,
  body: Uint8Array | string,
): Promise<number | undefined> {
  const post = request(url, { method: "POST", headers: { ...HEADERS, ...headers } });
  post.write(body);
  if (headers["Content-Length"] === undefined) post.end();
  const [response] = (await once(post, "response")) as [IncomingMessage];
  // The connection may be broken off by either end from here on.
  post.on("error", () => {}).destroy();
  return response.statusCode;
}
