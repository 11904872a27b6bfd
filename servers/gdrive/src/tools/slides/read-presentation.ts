import type { slides_v1 } from "@googleapis/slides";
import { type Output, s } from "@portico/core";
import { countFitting, withoutInvisible } from "@portico/remote-api";
import { shortened } from "../../editing/shortened.ts";
import { readPresentation } from "../../editing/slides/presentation.ts";
import { textOf, textsOf } from "../../editing/slides/texts.ts";
import { googleTool } from "../shared/google-tool.ts";
import { presentationId, SOURCE } from "./shared/parameters.ts";

const slide = s.object({
  number: s.integer(),
  id: s.string(),
  layout: s.optional(s.string()),
  skipped: s.optional(s.boolean()),
  texts: s.array(s.object({ id: s.string(), kind: s.optional(s.string()), text: s.string() })),
  notes: s.optional(s.string()),
  notes_id: s.optional(s.string()),
});

const USUAL_TOKENS = 6_000;

/** Tokens of one text of a slide. */
const TEXT_TOKENS = 1_500;

/** Reads what slides say. */
export const readPresentationTool = googleTool({
  name: "read_presentation",
  title: "Read Presentation",
  description:
    "Read a Google Slides presentation: the texts and speaker notes of each slide, with ids, and its layouts.",
  input: s.object({
    presentation_id: presentationId,
    from: s.optional(s.integer({ minimum: 1, default: 1, description: "Number of a slide" })),
    max_tokens: s.optional(s.integer({ minimum: 100, maximum: 50_000, default: USUAL_TOKENS })),
  }),
  output: s.object({
    title: s.string(),
    count: s.integer(),
    slides: s.array(slide),
    layouts: s.array(s.string()),
    next: s.optional(s.integer()),
  }),
  annotations: { readOnlyHint: true },
  need: "slides.read",
  async run({ presentation_id: ref, from = 1, max_tokens: tokens = USUAL_TOKENS }, google) {
    const found = await readPresentation(google.slides, ref, google.signal);
    const layouts = layoutNames(found);
    const all = (found.slides ?? []).map((page, index) => told(page, index + 1, layouts));
    const wanted = all.slice(from - 1);
    const fits = countFitting(wanted.map(shown), tokens);
    const title = withoutInvisible(found.title ?? "");
    const next = fits < wanted.length ? from + fits : undefined;
    const data = {
      title,
      count: all.length,
      slides: wanted.slice(0, fits),
      layouts: from === 1 ? [...layouts.values()] : [],
      ...(next !== undefined && { next }),
    };
    return {
      data,
      text: [
        `${title}; ${all.length} slides`,
        ...data.slides.map(shown),
        ...(next === undefined ? [] : [`There is more: go on with from ${next}.`]),
      ].join("\n\n"),
      source: SOURCE,
      isClean: true,
    };
  },
});

type Slide = Output<typeof slide>;

function told(
  { objectId, slideProperties, pageElements = [] }: slides_v1.Schema$Page,
  number: number,
  layouts: ReadonlyMap<string, string>,
): Slide {
  const { layoutObjectId, isSkipped, notesPage } = slideProperties ?? {};
  const layout = layouts.get(layoutObjectId ?? "");
  const speaker = notesPage?.notesProperties?.speakerNotesObjectId;
  const notes = notesPage?.pageElements?.find((one) => one.objectId === speaker)?.shape?.text;
  const words = clean(textOf(notes));
  return {
    number,
    id: objectId ?? "",
    ...(layout !== undefined && { layout }),
    ...(isSkipped && { skipped: true }),
    texts: textsOf(pageElements).map((one) => ({ ...one, text: clean(one.text) })),
    ...(words !== "" && { notes: words }),
    ...(speaker && { notes_id: speaker }),
  };
}

function clean(text: string): string {
  return shortened(withoutInvisible(text), TEXT_TOKENS);
}

/** The names of layouts by their ids. */
function layoutNames({ layouts = [] }: slides_v1.Schema$Presentation): Map<string, string> {
  return new Map(
    layouts.map(({ objectId, layoutProperties }) => [
      objectId ?? "",
      withoutInvisible(layoutProperties?.name ?? layoutProperties?.displayName ?? ""),
    ]),
  );
}

function shown({ number, id, skipped, texts, notes }: Slide): string {
  const lines = texts.map(({ kind, text }) => (kind === undefined ? text : `${kind}: ${text}`));
  return [
    `Slide ${number} (${id})${skipped ? ", skipped" : ""}`,
    ...lines,
    ...(notes === undefined ? [] : [`Notes: ${notes}`]),
  ].join("\n");
}
