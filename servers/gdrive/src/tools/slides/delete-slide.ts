import { s, ToolError } from "@portico/core";
import { editPresentation, readPresentation } from "../../editing/slides/presentation.ts";
import { textsOf } from "../../editing/slides/texts.ts";
import { askFirst, shown } from "../changing/shared/consent.ts";
import { googleTool } from "../shared/google-tool.ts";
import { presentationId } from "./shared/parameters.ts";

/** Deletes a slide, after the user has agreed. */
export const deleteSlide = googleTool({
  name: "delete_slide",
  title: "Delete Slide",
  description: "Delete a slide of a Google Slides presentation. The user is asked first.",
  input: s.object({
    presentation_id: presentationId,
    slide_id: s.string({ minLength: 1, description: "From read_presentation" }),
  }),
  output: s.object({ deleted: s.string() }),
  annotations: { readOnlyHint: false, destructiveHint: true },
  need: "slides.write",
  async run({ presentation_id: ref, slide_id: id }, google, ctx) {
    const { slides = [], title } = await readPresentation(google.slides, ref, google.signal);
    const index = slides.findIndex(({ objectId }) => objectId === id);
    if (index < 0) throw new ToolError(`The presentation has no slide ${id}.`);
    const [first] = textsOf(slides[index]?.pageElements ?? []);
    await askFirst(ctx, {
      question: `Delete slide ${index + 1} ${await shown(first?.text)} of the presentation ${await shown(title)}?`,
      what: "Deleting a slide",
      otherwise: "ask the user to do it in Google Slides.",
    });
    const request = { deleteObject: { objectId: id } };
    await editPresentation(google.slides, ref, () => [request], google.signal);
    return { data: { deleted: id } };
  },
});
