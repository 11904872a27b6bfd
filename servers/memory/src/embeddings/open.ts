import { followRedirects, limitSize, limitTime, parseBaseUrl, retry } from "@portico/remote-api";
import { askEndpoint, type Endpoint } from "./endpoint.ts";
import { Meanings } from "./meanings.ts";

/** Bytes of an answer: 32 vectors of 16,384 numbers, written out. */
const LARGEST = 16_000_000;

/** Milliseconds for an answer nobody waits for, and for one that a search waits for. */
const PATIENT_MS = 60_000;
const QUICK_MS = 3_000;

/** What an operator says of a service. */
export interface Service {
  readonly url: string;
  readonly model: string;
  readonly key?: string | undefined;
}

/**
 * Meanings from a service. Nothing is sent before a graph is opened.
 * @param told takes the reason when it does not answer, and nothing once it does again
 * @throws {TypeError} for a URL that is neither https nor of this machine
 */
export function openMeanings(service: Service, told: (failure: unknown) => void): Meanings {
  const { model, key } = service;
  // Some give the whole address.
  const url = service.url.replace(/\/embeddings\/?$/, "/");
  const endpoint: Endpoint = { base: parseBaseUrl(url, "--embeddings-url"), model, key };
  // Asking for embeddings changes nothing, so whatever failed may be sent again.
  const isTransient = ({ status }: Response) => status === 429 || status >= 500;
  const layers = [limitSize(LARGEST), followRedirects()];
  return new Meanings({
    model,
    patient: askEndpoint(endpoint, [retry({ isTransient }), ...layers, limitTime(PATIENT_MS)]),
    quick: askEndpoint(endpoint, [...layers, limitTime(QUICK_MS)]),
    told,
  });
}
