import type { slides_v1 } from "@googleapis/slides";
import { parseFileRef } from "../../files/file-ref.ts";
import type { Slides } from "../../google/google.ts";
import { change } from "../change.ts";
import { guarded } from "../guarded.ts";

const TEXT = "text/textElements(textRun/content,autoText/content,paragraphMarker/bullet)";
const ELEMENTS = `pageElements(objectId,title,description,elementGroup,shape(placeholder,${TEXT}),table/tableRows/tableCells/${TEXT})`;
const FIELDS = [
  "title,revisionId",
  `slides(objectId,${ELEMENTS},slideProperties(layoutObjectId,isSkipped,notesPage(notesProperties,pageElements(objectId,shape/${TEXT}))))`,
  "layouts(objectId,layoutProperties,pageElements/shape/placeholder)",
].join(",");

/** A presentation, named by its id or address: texts and layouts, without what they look like. */
export function readPresentation(
  slides: Slides,
  presentation: string,
  signal: AbortSignal,
): Promise<slides_v1.Schema$Presentation> {
  const params = { presentationId: parseFileRef(presentation).id, fields: FIELDS };
  return slides((api) => api.presentations.get(params, { signal }));
}

/**
 * Makes the changes that `plan` finds for a presentation, all or none, in the very state it was read in.
 * @throws {GoogleError} when others are always faster, or Google refuses
 */
export function editPresentation(
  slides: Slides,
  presentation: string,
  plan: (state: slides_v1.Schema$Presentation) => readonly slides_v1.Schema$Request[],
  signal: AbortSignal,
): Promise<readonly slides_v1.Schema$Response[]> {
  const { id } = parseFileRef(presentation);
  return guarded<slides_v1.Schema$Presentation, readonly slides_v1.Schema$Response[]>({
    read: () => readPresentation(slides, presentation, signal),
    async revision() {
      const params = { presentationId: id, fields: "revisionId" };
      const now = await slides((api) => api.presentations.get(params, { signal }));
      return now.revisionId;
    },
    async write(state, required) {
      const requests = [...plan(state)];
      if (requests.length === 0) return [];
      const requestBody: slides_v1.Schema$BatchUpdatePresentationRequest = {
        requests,
        writeControl: { requiredRevisionId: required },
      };
      const params = { presentationId: id, requestBody };
      const { replies } = await change(() =>
        slides((api) => api.presentations.batchUpdate(params, { signal })),
      );
      return replies ?? [];
    },
  });
}
