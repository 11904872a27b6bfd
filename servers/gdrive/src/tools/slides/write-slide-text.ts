import { s } from "@portico/core";
import { editPresentation } from "../../editing/slides/presentation.ts";
import { rewriting } from "../../editing/slides/rewriting.ts";
import { googleTool } from "../shared/google-tool.ts";
import { presentationId } from "./shared/parameters.ts";

/** Writes over what a shape or the notes of a slide say. */
export const writeSlideText = googleTool({
  name: "write_slide_text",
  title: "Write Slide Text",
  description:
    "Put a text in place of what a shape of a Google Slides presentation says, or the notes of a slide; an empty one empties it.",
  input: s.object({
    presentation_id: presentationId,
    id: s.string({ minLength: 1, description: "Of a text, or notes_id, from read_presentation" }),
    text: s.string({ maxLength: 10_000 }),
  }),
  output: s.object({ id: s.string() }),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
  need: "slides.write",
  async run({ presentation_id: ref, id, text }, { slides, signal }) {
    await editPresentation(slides, ref, (state) => rewriting(state, id, text), signal);
    return { data: { id }, text: "The text was written." };
  },
});
