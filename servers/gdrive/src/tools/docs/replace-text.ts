import { s } from "@portico/core";
import { editDocument, readDocument } from "../../editing/docs/edit.ts";
import { placesToReplace } from "../../editing/docs/replacing.ts";
import { insertable, replaceAll } from "../../editing/docs/requests.ts";
import { findTab } from "../../editing/docs/tabs.ts";
import { googleTool } from "../shared/google-tool.ts";
import { documentId, tab } from "./shared/parameters.ts";

const MOST_SHOWN = 20;

/** Replaces a text wherever it is in a document. */
export const replaceText = googleTool({
  name: "replace_text",
  title: "Replace Text",
  description:
    "Replace a text wherever it is in a tab of a Google Docs document, headers, footers and footnotes included. With dryRun nothing changes and the places are told.",
  input: s.object({
    documentId,
    find: s.string({ minLength: 1, maxLength: 2_000 }),
    replace: s.string({ maxLength: 100_000 }),
    matchCase: s.optional(s.boolean({ default: true })),
    dryRun: s.optional(s.boolean({ default: false })),
    tab,
  }),
  output: s.object({
    count: s.integer(),
    places: s.optional(s.array(s.string())),
    revision: s.optional(s.string()),
  }),
  annotations: { readOnlyHint: false, destructiveHint: true },
  need: "docs.write",
  async run(args, { docs, signal }) {
    const { documentId: id, find, replace, matchCase = true, dryRun = false, tab } = args;
    if (dryRun) {
      const found = findTab(await readDocument(docs, id, signal), tab);
      const places = placesToReplace(found, find, matchCase);
      return {
        data: {
          count: places.length,
          places: places.slice(0, MOST_SHOWN).map(({ context }) => context),
        },
        source: "a document in Google Docs",
        isClean: true,
      };
    }
    const { revision, replies } = await editDocument(
      docs,
      { id, tab },
      (found) => [replaceAll(find, insertable(replace), matchCase, found.id)],
      signal,
    );
    const count = replies[0]?.replaceAllText?.occurrencesChanged ?? 0;
    return { data: { count, revision }, text: `Replaced ${count}.` };
  },
});
