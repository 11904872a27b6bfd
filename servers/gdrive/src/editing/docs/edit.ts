import type { docs_v1 } from "@googleapis/docs";
import { parseFileRef } from "../../files/file-ref.ts";
import type { GoogleApi } from "../../google/api.ts";
import { GoogleError } from "../../google/error.ts";
import { at } from "../../google/path.ts";
import { change } from "../change.ts";
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

/** How often to begin again because others write at the same time. */
const ATTEMPTS = 4;

const FIELDS = "documentId,title,revisionId,tabs";

/** A document with all its tabs. */
export function readDocument(
  docs: GoogleApi,
  ref: string,
  signal: AbortSignal,
): Promise<docs_v1.Schema$Document> {
  const { id } = parseFileRef(ref);
  const query = { includeTabsContent: true, fields: FIELDS };
  return docs.get<docs_v1.Schema$Document>(at`documents/${id}`, { query, signal });
}

/**
 * Changes a document that nobody else changes meanwhile: what `plan` makes of a tab is sent for exactly the state it
 * was made from. Where somebody else was faster it is planned again, unless the caller named the state.
 * @throws {GoogleError} when the document is no longer in the state the caller named, or Google refuses
 */
export async function editDocument(
  docs: GoogleApi,
  target: Target,
  plan: (tab: Tab) => readonly Change[],
  signal: AbortSignal,
): Promise<Edited> {
  const { id } = parseFileRef(target.document);
  for (let attempt = 1; ; attempt++) {
    const document = await readDocument(docs, id, signal);
    const { revisionId } = document;
    if (target.revision !== undefined && revisionId !== target.revision) throw changed();
    if (!revisionId) {
      throw new GoogleError("This account may read the document but not change it; ask its owner.");
    }
    const requests = [...plan(findTab(document, target.tab))];
    if (requests.length === 0) return { revision: revisionId, replies: [] };
    try {
      return await send(docs, id, requests, revisionId, signal);
    } catch (error) {
      if (!(await wasLate(error, docs, id, revisionId, signal))) throw error;
      if (target.revision !== undefined || attempt === ATTEMPTS) throw changed();
    }
  }
}

async function send(
  docs: GoogleApi,
  id: string,
  requests: Change[],
  revision: string,
  signal: AbortSignal,
): Promise<Edited> {
  const body: docs_v1.Schema$BatchUpdateDocumentRequest = {
    requests,
    writeControl: { requiredRevisionId: revision },
  };
  const { replies = [], writeControl } = await change<docs_v1.Schema$BatchUpdateDocumentResponse>(
    docs,
    at`documents/${id}:batchUpdate`,
    { body, signal },
  );
  return { replies, revision: writeControl?.requiredRevisionId ?? undefined };
}

/** Whether a refusal was for the state alone; Google's words for it are not documented, so the state is asked for. */
async function wasLate(
  error: unknown,
  docs: GoogleApi,
  id: string,
  revision: string,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(error instanceof GoogleError) || error.status !== 400) return false;
  const query = { fields: "revisionId" };
  const { revisionId } = await docs.get<docs_v1.Schema$Document>(at`documents/${id}`, {
    query,
    signal,
  });
  return revisionId !== revision;
}

function changed(): GoogleError {
  return new GoogleError(
    "The document has changed since it was read, and nothing was done; get the new indexes and revision with read_document.",
  );
}
