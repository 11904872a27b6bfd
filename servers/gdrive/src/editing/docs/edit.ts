import type { docs_v1 } from "@googleapis/docs";
import { parseFileRef } from "../../files/file-ref.ts";
import type { Docs } from "../../google/google.ts";
import { change } from "../change.ts";
import { guarded } from "../guarded.ts";
import type { Change } from "./requests.ts";
import { findTab, type Tab } from "./tabs.ts";

/** Which document, and which state of it. */
export interface Target {
  /** Its id or address. */
  readonly document: string;
  /** The first one when absent. */
  readonly tab?: string | undefined;
  /** The state indexes were read from; any when absent. */
  readonly revision?: string | undefined;
}

/** What became of a document. */
export interface Edited {
  /** Its state afterwards; absent where Google does not say. */
  readonly revision?: string | undefined;
  readonly replies: readonly docs_v1.Schema$Response[];
}

const FIELDS = "documentId,title,revisionId,tabs";

/** A document, named by its id or address, with all its tabs. */
export function readDocument(
  docs: Docs,
  document: string,
  signal: AbortSignal,
): Promise<docs_v1.Schema$Document> {
  const { id: documentId } = parseFileRef(document);
  const params = { documentId, includeTabsContent: true, fields: FIELDS };
  return docs((api) => api.documents.get(params, { signal }));
}

/**
 * Makes the changes that `plan` finds for a tab, all or none, in the very state it was read in.
 * @throws {GoogleError} when the document is no longer in the state the caller named, or Google refuses
 */
export function editDocument(
  docs: Docs,
  { document, tab, revision }: Target,
  plan: (tab: Tab) => readonly Change[],
  signal: AbortSignal,
): Promise<Edited> {
  const { id } = parseFileRef(document);
  return guarded<docs_v1.Schema$Document, Edited>(
    {
      read: () => readDocument(docs, document, signal),
      async revision() {
        const params = { documentId: id, fields: "revisionId" };
        const now = await docs((api) => api.documents.get(params, { signal }));
        return now.revisionId;
      },
      write: (state, required) => send(docs, id, plan(findTab(state, tab)), required, signal),
    },
    revision,
  );
}

async function send(
  docs: Docs,
  id: string,
  changes: readonly Change[],
  revision: string,
  signal: AbortSignal,
): Promise<Edited> {
  const requestBody: docs_v1.Schema$BatchUpdateDocumentRequest = {
    requests: [...changes],
    writeControl: { requiredRevisionId: revision },
  };
  const { replies = [], writeControl } = await change(() =>
    docs((api) => api.documents.batchUpdate({ documentId: id, requestBody }, { signal })),
  );
  return { replies, revision: writeControl?.requiredRevisionId ?? undefined };
}
