import { RemoteError } from "./failures.ts";
import type { Layer } from "./fetch.ts";

/** Refuses answers of more than `bytes`, counted as they are after decompression. */
export function limitSize(bytes: number): Layer {
  return (next) => async (request) => {
    const response = await next(request);
    const tooLarge = () =>
      new RemoteError(
        "too-large",
        `The answer of ${request.url.host} is larger than ${bytes} bytes; ask for less at a time.`,
      );
    if (Number(response.headers.get("content-length")) > bytes) {
      await response.body?.cancel();
      throw tooLarge();
    }
    if (!response.body) return response;
    return withBody(response, response.body.pipeThrough(counting(bytes, tooLarge)));
  };
}

/** The same answer with another body; a `Response` cannot be made with a status that has none. */
export function withBody(
  response: Response,
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null,
): Response {
  const { status, statusText, headers, url } = response;
  const changed = new Response(body, { status, statusText, headers });
  Object.defineProperty(changed, "url", { value: url });
  return changed;
}

function counting(most: number, tooLarge: () => Error): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > most) controller.error(tooLarge());
      else controller.enqueue(chunk);
    },
  });
}
