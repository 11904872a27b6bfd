import type { slides_v1 } from "@googleapis/slides";
import { GoogleError } from "../../google/error.ts";
import type { Layout } from "./layouts.ts";

/** What a new slide says. */
export interface SlideTexts {
  readonly title?: string | undefined;
  readonly body?: string | undefined;
}

/**
 * The changes that add a slide with its texts.
 * @param id of the new slide; nobody else may have it
 * @param index how many slides are before it
 * @throws {GoogleError} when the layout has no place for a text
 */
export function newSlide(
  id: string,
  layout: Layout,
  texts: SlideTexts,
  index: number,
): slides_v1.Schema$Request[] {
  const filled = (["title", "body"] as const).flatMap((part) => {
    const text = texts[part];
    if (text === undefined || text === "") return [];
    const layoutPlaceholder = layout[part];
    if (layoutPlaceholder) return [{ layoutPlaceholder, objectId: `${id}_${part}`, text }];
    throw new GoogleError(`The layout has no place for a ${part}; take another one.`);
  });
  return [
    {
      createSlide: {
        objectId: id,
        insertionIndex: index,
        slideLayoutReference: { layoutId: layout.id },
        placeholderIdMappings: filled.map(({ layoutPlaceholder, objectId }) => ({
          layoutPlaceholder,
          objectId,
        })),
      },
    },
    ...filled.map(({ objectId, text }) => ({ insertText: { objectId, text } })),
  ];
}
