import type { slides_v1 } from "@googleapis/slides";
import { s } from "@portico/core";
import { findAll } from "../../editing/find-text.ts";
import { editPresentation, readPresentation } from "../../editing/slides/presentation.ts";
import { pieces } from "../../editing/slides/texts.ts";
import { googleTool } from "../shared/google-tool.ts";
import { presentationId, SOURCE } from "./shared/parameters.ts";

const MOST_SHOWN = 20;

/** Replaces a text wherever it is on the slides. */
export const replaceSlideText = googleTool({
  name: "replace_slide_text",
  title: "Replace Slide Text",
  description:
    "Replace a text wherever it is on the slides of a Google Slides presentation; notes stay. With dry_run nothing changes and the places are told.",
  input: s.object({
    presentation_id: presentationId,
    find: s.string({ minLength: 1, maxLength: 2_000 }),
    replace: s.string({ maxLength: 10_000 }),
    match_case: s.optional(s.boolean({ default: true })),
    dry_run: s.optional(s.boolean({ default: false })),
  }),
  output: s.object({ count: s.integer(), places: s.optional(s.array(s.string())) }),
  annotations: { readOnlyHint: false, destructiveHint: true },
  need: "slides.write",
  async run(args, { slides, signal }) {
    const { presentation_id: ref, find, replace, match_case: matchCase = true } = args;
    if (args.dry_run) {
      const places = placesIn(await readPresentation(slides, ref, signal), find, matchCase);
      const data = { count: places.length, places: places.slice(0, MOST_SHOWN) };
      return { data, source: SOURCE, isClean: true };
    }
    const [reply] = await editPresentation(
      slides,
      ref,
      (state) => {
        // Without pages, texts of layouts would be replaced as well.
        const pageObjectIds = (state.slides ?? []).flatMap(({ objectId }) => objectId ?? []);
        const containsText = { text: find, matchCase };
        const request = { replaceAllText: { containsText, replaceText: replace, pageObjectIds } };
        return pageObjectIds.length === 0 ? [] : [request];
      },
      signal,
    );
    const count = reply?.replaceAllText?.occurrencesChanged ?? 0;
    return { data: { count }, text: `Replaced ${count}.` };
  },
});

/** Where the text is, each as the number of a slide and what is around it. */
function placesIn(
  { slides = [] }: slides_v1.Schema$Presentation,
  text: string,
  matchCase: boolean,
): string[] {
  return slides.flatMap(({ pageElements = [] }, index) => {
    const runs = pieces(pageElements).map((piece) => ({ start: 0, text: piece }));
    return findAll(runs, text, matchCase).map(({ context }) => `Slide ${index + 1}: ${context}`);
  });
}
