import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** What a service was asked. */
export interface Asked {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly model: string;
  readonly input: readonly string[];
}

/** A service that stands for a paid one, whose API it has. */
export interface Service {
  readonly url: string;
  readonly asked: Asked[];
  /** The status of its answers, decided for each; 200 says what texts mean, without one there is no answer. */
  status(asked: Asked): number | undefined;
}

/** Themes, one a dimension, and words that are about them. */
const THEMES: readonly (readonly string[])[] = [
  ["dog", "puppy", "hound", "barks"],
  ["car", "vehicle", "drives", "engine"],
  ["tea", "drink", "coffee"],
];

/**
 * Starts a server of `/v1/embeddings` for one test. A text means how often it speaks of each theme: the same text
 * always the same, and other words of a theme nearly the same.
 */
export async function embeddingsService(): Promise<Service> {
  const service: Service = { url: "", asked: [], status: () => 200 };
  const server = createServer(async (request, response) => {
    const { model, input } = (await json(request)) as Pick<Asked, "model" | "input">;
    const asked = { path: request.url, headers: request.headers, model, input };
    service.asked.push(asked);
    const status = service.status(asked);
    if (status === undefined) return;
    const data = input.map((text, index) => ({ index, embedding: meaningOf(text) })).reverse();
    response.writeHead(status, { "content-type": "application/json" });
    const error = { message: `wrong key ${request.headers.authorization} for ${input[0]}` };
    response.end(JSON.stringify(status === 200 ? { object: "list", data, model } : { error }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(service, { url: `http://127.0.0.1:${port}/v1` });
}

function meaningOf(text: string): number[] {
  const words = text.toLowerCase().split(/\W+/);
  const counts = THEMES.map((theme) => words.filter((word) => theme.includes(word)).length);
  return [...counts, 0.01];
}
