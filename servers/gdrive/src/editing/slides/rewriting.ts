import type { slides_v1 } from "@googleapis/slides";
import { GoogleError } from "../../google/error.ts";
import { plain } from "./texts.ts";

/**
 * The changes that put a text in place of what a shape says; that of a slide's notes is a shape, too.
 * @throws {GoogleError} when no slide has such a shape
 */
export function rewriting(
  { slides = [] }: slides_v1.Schema$Presentation,
  id: string,
  text: string,
): slides_v1.Schema$Request[] {
  const old = slides.map((slide) => textAt(slide, id)).find((found) => found !== undefined);
  if (old === undefined) {
    throw new GoogleError(`The presentation has no shape ${id}; read_presentation has their ids.`);
  }
  const isEmpty = old.replace(/\n$/, "") === "";
  return [
    // Google refuses to empty what is empty.
    ...(isEmpty ? [] : [{ deleteText: { objectId: id, textRange: { type: "ALL" } } }]),
    ...(text === "" ? [] : [{ insertText: { objectId: id, text } }]),
  ];
}

function textAt(
  { pageElements = [], slideProperties }: slides_v1.Schema$Page,
  id: string,
): string | undefined {
  const { notesPage } = slideProperties ?? {};
  const isNotes = notesPage?.notesProperties?.speakerNotesObjectId === id;
  const shape = shapesIn([...pageElements, ...(notesPage?.pageElements ?? [])]).find(
    ({ objectId }) => objectId === id,
  );
  // Notes get their shape with their first text.
  return shape || isNotes ? plain(shape?.shape?.text) : undefined;
}

function shapesIn(
  elements: readonly slides_v1.Schema$PageElement[],
): slides_v1.Schema$PageElement[] {
  return elements.flatMap((element) => {
    if (element.elementGroup) return shapesIn(element.elementGroup.children ?? []);
    return element.shape ? [element] : [];
  });
}
