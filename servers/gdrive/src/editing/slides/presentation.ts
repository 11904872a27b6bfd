import type { slides_v1 } from "@googleapis/slides";
import { parseFileRef } from "../../files/file-ref.ts";
import type { GoogleApi } from "../../google/api.ts";
import { at } from "../../google/path.ts";
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
  slides: GoogleApi,
  presentation: string,
  signal: AbortSignal,
): Promise<slides_v1.Schema$Presentation> {
  const { id } = parseFileRef(presentation);
  const ask = { query: { fields: FIELDS }, signal };
  return slides.get<slides_v1.Schema$Presentation>(at`presentations/${id}`, ask);
}

/**
 * Makes the changes that `plan` finds for a presentation, all or none, in the very state it was read in.
 * @throws {GoogleError} when others are always faster, or Google refuses
 */
export function editPresentation(
  slides: GoogleApi,
  presentation: string,
  plan: (state: slides_v1.Schema$Presentation) => readonly slides_v1.Schema$Request[],
  signal: AbortSignal,
): Promise<readonly slides_v1.Schema$Response[]> {
  const { id } = parseFileRef(presentation);
  return guarded<slides_v1.Schema$Presentation, readonly slides_v1.Schema$Response[]>({
    read: () => readPresentation(slides, presentation, signal),
    async revision() {
      const ask = { query: { fields: "revisionId" }, signal };
      const now = await slides.get<slides_v1.Schema$Presentation>(at`presentations/${id}`, ask);
      return now.revisionId;
    },
    async write(state, required) {
      const requests = [...plan(state)];
      if (requests.length === 0) return [];
      const body: slides_v1.Schema$BatchUpdatePresentationRequest = {
        requests,
        writeControl: { requiredRevisionId: required },
      };
      const path = at`presentations/${id}:batchUpdate`;
      const { replies } = await change<slides_v1.Schema$BatchUpdatePresentationResponse>(
        slides,
        path,
        { body, signal },
      );
      return replies ?? [];
    },
  });
}
