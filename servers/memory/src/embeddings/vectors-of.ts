import type { Entity } from "../graph/types.ts";
import { type Embed, Refused } from "./endpoint.ts";
import { textOf } from "./entity-text.ts";

/** Characters below which a text that is refused is not refused for its length. */
const SHORT = 200;

/** Near to nothing: an entity whose text the service will not take is found by words alone. */
const NOWHERE = Float32Array.of(0);

/**
 * Vectors of entities, one for each. Texts that the service refuses are sent apart from the others, then shorter.
 * @throws {Refused} when it refuses any text, which says nothing of these
 */
export async function vectorsOf(
  entities: readonly Entity[],
  embed: Embed,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  return vectorsOfTexts(entities.map(textOf), embed, signal);
}

async function vectorsOfTexts(
  texts: readonly string[],
  embed: Embed,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  try {
    return await embed(texts, signal);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const [text = ""] = texts;
    if (texts.length > 1) {
      const half = Math.ceil(texts.length / 2);
      const parts = [texts.slice(0, half), texts.slice(half)];
      const found: Float32Array[][] = [];
      for (const part of parts) found.push(await vectorsOfTexts(part, embed, signal));
      return found.flat();
    }
    if (text.length > SHORT) {
      const shorter = text.slice(0, text.length / 2).toWellFormed();
      return vectorsOfTexts([shorter], embed, signal);
    }
    await embed(["text"], signal);
    return [NOWHERE];
  }
}
