import { type Context, s } from "@portico/core";
import type { Deps } from "../../../deps.ts";
import { decodeText } from "../../../files/encoding.ts";
import type { Content } from "../../../upload/content.ts";
import { checkConversion, KINDS, type Kind } from "../../../upload/media-type.ts";
import { reachingParts } from "../../../upload/reaching.ts";
import { askFirst } from "./consent.ts";

/** What of Google's own a file becomes. */
export const convertTo = s.optional(s.enum(KINDS, { description: "Make a Google file of it" }));

/** What is about to become a file of Google's own. */
export interface Conversion {
  readonly kind: Kind;
  readonly mimeType: string;
  readonly content: Content;
  /** Where it comes from: a caller, who may have been talked into it, or the operator's folder. */
  readonly from: "caller" | "folder";
}

/** Types that are looked into, where they are UTF-8 or say that they are UTF-16. */
const TEXT = /^text\//;

/**
 * Asks the user before Google makes something of content that can reach out from there.
 * @throws {GoogleError} when Drive does not convert it
 * @throws {ToolError} when the user does not agree, or cannot be asked
 */
export async function admitConversion(
  { kind, mimeType, content, from }: Conversion,
  ctx: Context<Deps>,
): Promise<void> {
  checkConversion(mimeType, kind, content.size);
  const text = TEXT.test(mimeType) ? decodeText(await content.read(0, content.size)) : undefined;
  const what =
    text === undefined ? opaqueParts(kind, mimeType, from) : reachingParts(text, mimeType);
  if (what === undefined) return;
  await askFirst(ctx, {
    question: `Make a Google ${kind} of content that has ${what}?`,
    what: `Making a Google ${kind} of content with ${what}`,
    otherwise: "leave these out, or keep the file as it is without converting it.",
  });
}

/** Of a picture or a PDF Google reads the text alone; what else there is nobody looks into. */
function opaqueParts(kind: Kind, mimeType: string, from: Conversion["from"]): string | undefined {
  const isFlat = kind === "document" && /^image\/|pdf$/.test(mimeType);
  if (isFlat || (from === "folder" && !TEXT.test(mimeType))) return undefined;
  return "parts this server does not look into, such as formulas and linked pictures";
}
