import { ConfigError, type Logger } from "@portico/runner";
import type { Meanings } from "./embeddings/meanings.ts";

/** What the operator said of a service that knows what texts mean. */
export interface EmbeddingsOptions {
  readonly "embeddings-url"?: string | undefined;
  readonly "embeddings-model"?: string | undefined;
}

/**
 * What texts mean, where the operator named a service for it.
 * @param key only ever from the environment: other users can read a command line
 * @throws {ConfigError} when the service cannot be one
 */
export async function readMeanings(
  options: EmbeddingsOptions,
  key: string | undefined,
  log: Logger,
): Promise<Meanings | undefined> {
  const { "embeddings-url": url, "embeddings-model": model } = options;
  if (url === undefined) return undefined;
  if (model === undefined) {
    const correction = { setting: "embeddings-model", value: "text-embedding-3-small" };
    throw new ConfigError("--embeddings-url needs the name of a model.", correction);
  }
  const told = (failure: unknown) => {
    if (failure === undefined) log.notice("The embeddings endpoint answers again.");
    else log.warning("No embeddings for now; search goes by words.", { reason: reasonOf(failure) });
  };
  try {
    const { openMeanings } = await import("./embeddings/open.ts");
    return openMeanings({ url, model, key: keyIn(key) }, told);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const correction = { setting: "embeddings-url", value: "https://api.openai.com/v1" };
    throw new ConfigError(error.message, correction);
  }
}

/** A key that could not be sent would be repeated by the error that says so. */
function keyIn(given = ""): string | undefined {
  const key = given.trim();
  if (key === "") return undefined;
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new ConfigError(
    "MEMORY_EMBEDDINGS_KEY has characters that no key has; set it to the key alone.",
  );
}

function reasonOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
