import type { slides_v1 } from "@googleapis/slides";
import { select } from "./fields.ts";
import { jsonOf, Refusal, type Route } from "./http.ts";

/** A shape of the fake: its text, and what the layout gave it. */
export interface FakeShape {
  readonly id: string;
  readonly placeholder?: slides_v1.Schema$Placeholder;
  text: string;
}

/** A page of the fake; a layout is one, too. */
export interface FakePage {
  readonly id: string;
  readonly layout?: string;
  readonly shapes: FakeShape[];
  /** Anything else on it. */
  readonly others?: slides_v1.Schema$PageElement[];
  notes?: string;
}

/** A presentation of the fake; its layouts by their names. */
export interface FakePresentation {
  readonly title: string;
  readonly layouts: Record<string, FakePage>;
  slides: FakePage[];
}

/** Stands for Google Slides: presentations by id, changed all or nothing, with a revision for each state. */
export class FakeSlides {
  readonly presentations = new Map<string, FakePresentation>();
  readonly #revisions = new Map<string, number>();

  /** The operations. */
  readonly routes = (): Route[] => [
    {
      method: "GET",
      path: /^\/v1\/presentations\/([^/:]+)$/,
      answer: ({ query }, id = "") => ({ body: this.#shown(id, query) }),
    },
    {
      method: "POST",
      path: /^\/v1\/presentations\/([^/:]+):batchUpdate$/,
      answer: (asked, id = "") => ({ body: this.#batch(id, jsonOf(asked)) }),
    },
  ];

  /** Changes a presentation as somebody else would. */
  touch(id: string): void {
    this.#revisions.set(id, (this.#revisions.get(id) ?? 0) + 1);
  }

  #get(id: string): FakePresentation {
    const found = this.presentations.get(id);
    if (found) return found;
    throw new Refusal(404, "notFound", "Requested entity was not found.");
  }

  #revision(id: string): string {
    return `rev-${id}-${this.#revisions.get(id) ?? 0}`;
  }

  #shown(id: string, query: URLSearchParams): object {
    const { title, layouts, slides } = this.#get(id);
    const whole: slides_v1.Schema$Presentation = {
      presentationId: id,
      title,
      revisionId: this.#revision(id),
      slides: slides.map(shownPage),
      layouts: Object.entries(layouts).map(([name, layout]) => ({
        ...shownPage(layout),
        layoutProperties: { name, displayName: name.toLowerCase().replaceAll("_", " ") },
      })),
    };
    const fields = query.get("fields");
    return (fields === null ? whole : select(whole, fields)) as object;
  }

  #batch(id: string, body: slides_v1.Schema$BatchUpdatePresentationRequest): object {
    const presentation = this.#get(id);
    const required = body.writeControl?.requiredRevisionId;
    if (required && required !== this.#revision(id)) {
      throw new Refusal(400, "failedPrecondition", "The presentation has been changed.");
    }
    const changed = structuredClone(presentation);
    const replies = (body.requests ?? []).map((request) => applied(changed, request));
    presentation.slides = changed.slides;
    this.touch(id);
    return { presentationId: id, replies };
  }
}

function shownPage({
  id,
  layout,
  shapes,
  others = [],
  notes = "",
}: FakePage): slides_v1.Schema$Page {
  const notesShape = { objectId: `${id}_n`, shape: { text: contentOf(notes) } };
  return {
    objectId: id,
    pageElements: [
      ...shapes.map((one) => ({
        objectId: one.id,
        shape: {
          shapeType: "TEXT_BOX",
          ...(one.placeholder && { placeholder: one.placeholder }),
          text: contentOf(one.text),
        },
      })),
      ...others,
    ],
    slideProperties: {
      ...(layout && { layoutObjectId: layout }),
      notesPage: {
        notesProperties: { speakerNotesObjectId: `${id}_n` },
        pageElements: [notesShape],
      },
    },
  };
}

/** Text as Slides has it: each paragraph a marker and its text with a line end. */
function contentOf(text: string): slides_v1.Schema$TextContent {
  if (text === "") return {};
  return {
    textElements: text
      .split("\n")
      .flatMap((line) => [{ paragraphMarker: {} }, { textRun: { content: `${line}\n` } }]),
  };
}

function applied(
  presentation: FakePresentation,
  request: slides_v1.Schema$Request,
): slides_v1.Schema$Response {
  const { createSlide, insertText, deleteText, deleteObject, replaceAllText } = request;
  if (createSlide) return { createSlide: create(presentation, createSlide) };
  if (replaceAllText) return { replaceAllText: replace(presentation, replaceAllText) };
  if (deleteObject) {
    presentation.slides = presentation.slides.filter(({ id }) => id !== deleteObject.objectId);
    return {};
  }
  const { text, write } = textAt(presentation, insertText?.objectId ?? deleteText?.objectId);
  if (deleteText) {
    if (text === "") throw new Refusal(400, "badRequest", "The object has no text.");
    write("");
  } else {
    const at = insertText?.insertionIndex ?? 0;
    write(text.slice(0, at) + (insertText?.text ?? "") + text.slice(at));
  }
  return {};
}

/** The text of a shape or of notes, which need no shape. */
function textAt(
  { slides }: FakePresentation,
  id: string | null | undefined,
): { readonly text: string; write(text: string): void } {
  const shape = slides.flatMap((slide) => slide.shapes).find((one) => one.id === id);
  const slide = slides.find((one) => `${one.id}_n` === id);
  if (!shape && !slide) throw new Refusal(400, "badRequest", "The object could not be found.");
  return {
    text: shape?.text ?? slide?.notes ?? "",
    write(text) {
      if (shape) shape.text = text;
      else if (slide) slide.notes = text;
    },
  };
}

function create(
  { layouts, slides }: FakePresentation,
  request: slides_v1.Schema$CreateSlideRequest,
): slides_v1.Schema$CreateSlideResponse {
  const { objectId, insertionIndex, slideLayoutReference, placeholderIdMappings = [] } = request;
  const id = objectId ?? "";
  if (!/^\w[\w:-]{4,49}$/.test(id))
    throw new Refusal(400, "badRequest", "The object ID is invalid.");
  const layout = Object.values(layouts).find((one) => one.id === slideLayoutReference?.layoutId);
  if (!layout) throw new Refusal(400, "badRequest", "The layout is not in the presentation.");
  const shapes = layout.shapes.map(({ placeholder }, at): FakeShape => {
    const mapped = placeholderIdMappings.find(
      ({ layoutPlaceholder }) =>
        layoutPlaceholder?.type === placeholder?.type &&
        (layoutPlaceholder?.index ?? 0) === (placeholder?.index ?? 0),
    );
    const shapeId = mapped?.objectId ?? `${id}_${at}`;
    return { id: shapeId, ...(placeholder && { placeholder }), text: "" };
  });
  slides.splice(insertionIndex ?? slides.length, 0, { id, layout: layout.id, shapes });
  return { objectId: id };
}

function replace(
  { slides }: FakePresentation,
  { containsText, replaceText, pageObjectIds }: slides_v1.Schema$ReplaceAllTextRequest,
): slides_v1.Schema$ReplaceAllTextResponse {
  const pages = slides.filter(({ id }) => pageObjectIds?.includes(id) ?? true);
  const escaped = (containsText?.text ?? "").replaceAll(/\W/g, "\\$&");
  const pattern = new RegExp(escaped, containsText?.matchCase ? "g" : "gi");
  let occurrencesChanged = 0;
  for (const shape of pages.flatMap((page) => page.shapes)) {
    shape.text = shape.text.replaceAll(pattern, () => {
      occurrencesChanged++;
      return replaceText ?? "";
    });
  }
  return { occurrencesChanged };
}
