import { type Layer, layered, RemoteError, sendByFetch } from "@portico/remote-api";

/** A service that says what texts mean, as OpenAI's API does it. */
export interface Endpoint {
  /** What `embeddings` is below, as `https://api.openai.com/v1/`. */
  readonly base: URL;
  readonly model: string;
  readonly key?: string | undefined;
}

/** Says what texts mean, one vector for each. @throws {Refused} {RemoteError} */
export type Embed = (texts: readonly string[], signal: AbortSignal) => Promise<Float32Array[]>;

/** The service takes these texts for wrong; others may do. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** What a service answers that takes the request for wrong, and not who asks or how often. */
const REFUSALS = new Set([400, 413, 422]);

/** Numbers in a vector, at most. */
const LONGEST = 16_384;

/** Asks an endpoint, with `layers` around each request. */
export function askEndpoint({ base, model, key }: Endpoint, layers: readonly Layer[]): Embed {
  const send = layered(sendByFetch, layers);
  const url = new URL("embeddings", base);
  return async (texts, signal) => {
    const headers = new Headers({ accept: "application/json", "content-type": "application/json" });
    if (key !== undefined) headers.set("authorization", `Bearer ${key}`);
    const body = JSON.stringify({ model, input: texts });
    const response = await send({ url, method: "POST", headers, body, signal });
    if (!response.ok) {
      await response.body?.cancel();
      // What the service says of it may repeat the key or a text.
      const message = `${url.host} answered ${response.status} when asked for embeddings.`;
      if (REFUSALS.has(response.status)) throw new Refused(message);
      throw new RemoteError("unreachable", message);
    }
    const answer: unknown = await response.json().catch(() => {
      signal.throwIfAborted();
      return undefined;
    });
    const vectors = vectorsIn(answer, texts.length);
    if (vectors) return vectors;
    throw new RemoteError("unreachable", `${url.host} did not answer with embeddings.`);
  };
}

function vectorsIn(answer: unknown, count: number): Float32Array[] | undefined {
  const { data } = (answer ?? {}) as { data?: unknown };
  if (!Array.isArray(data) || data.length !== count) return undefined;
  const vectors = new Array<Float32Array | undefined>(count);
  for (const [place, item] of data.entries()) {
    const { index = place, embedding } = (item ?? {}) as { index?: number; embedding?: unknown };
    vectors[index] = vectorOf(embedding);
  }
  const [length] = vectors.map((vector) => vector?.length);
  const areAlike = vectors.length === count && vectors.every((one) => one?.length === length);
  return areAlike && length !== undefined ? (vectors as Float32Array[]) : undefined;
}

function vectorOf(value: unknown): Float32Array | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > LONGEST) return undefined;
  return value.every(Number.isFinite) ? Float32Array.from(value) : undefined;
}
