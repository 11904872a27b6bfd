import { s } from "@portico/core";
import { findLayout } from "../../editing/slides/layouts.ts";
import { newSlide } from "../../editing/slides/new-slide.ts";
import { editPresentation } from "../../editing/slides/presentation.ts";
import { googleTool } from "../shared/google-tool.ts";
import { presentationId } from "./shared/parameters.ts";

/** Adds a slide. */
export const addSlide = googleTool({
  name: "add_slide",
  title: "Add Slide",
  description:
    "Add a slide with a title and a body to a Google Slides presentation; line breaks in the body begin further points.",
  input: s.object({
    presentation_id: presentationId,
    layout: s.optional(
      s.string({ default: "TITLE_AND_BODY", description: "One of read_presentation's" }),
    ),
    title: s.optional(s.string({ maxLength: 1_000 })),
    body: s.optional(s.string({ maxLength: 10_000 })),
    number: s.optional(s.integer({ minimum: 1, description: "Which it becomes; default last" })),
  }),
  output: s.object({ id: s.string(), number: s.integer() }),
  annotations: { readOnlyHint: false, destructiveHint: false },
  need: "slides.write",
  async run(args, google) {
    const { presentation_id: ref, layout = "TITLE_AND_BODY", title, body, number } = args;
    const id = `slide_${crypto.randomUUID().slice(0, 18)}`;
    let index = 0;
    await editPresentation(
      google.slides,
      ref,
      (presentation) => {
        const count = presentation.slides?.length ?? 0;
        index = Math.min((number ?? count + 1) - 1, count);
        return newSlide(id, findLayout(presentation, layout), { title, body }, index);
      },
      google.signal,
    );
    return { data: { id, number: index + 1 } };
  },
});
