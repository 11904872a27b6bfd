import { s } from "@portico/core";
import { editDocument, readDocument } from "../../editing/docs/edit.ts";
import { placesToReplace } from "../../editing/docs/replacing.ts";
import { insertable, replaceAll } from "../../editing/docs/requests.ts";
import { findTab } from "../../editing/docs/tabs.ts";
import { googleTool } from "../shared/google-tool.ts";
import { edited } from "./shared/edited.ts";
import { which } from "./shared/parameters.ts";

const MOST_SHOWN = 20;

/** Replaces a text wherever it is in a document. */
export const replaceText = googleTool({
  name: "replace_text",
  title: "Replace Text",
  description:
    "Replace a text wherever it is in a tab of a Google Docs document, headers, footers and footnotes included. With dry_run nothing changes and the places are told.",
  input: s.object({
    ...which,
    find: s.string({ minLength: 1, maxLength: 2_000 }),
    replace: s.string({ maxLength: 100_000 }),
    match_case: s.optional(s.boolean({ default: true })),
    dry_run: s.optional(s.boolean({ default: false })),
  }),
  output: s.object({
    count: s.integer(),
    places: s.optional(s.array(s.string())),
    revision: s.optional(s.string()),
  }),
  annotations: { readOnlyHint: false, destructiveHint: true },
  need: "docs.write",
  async run(args, { docs, signal }) {
    const {
      document_id: document,
      find,
      replace,
      match_case: matchCase = true,
      dry_run: dryRun = false,
      tab,
    } = args;
    if (dryRun) {
      const found = findTab(await readDocument(docs, document, signal), tab);
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
      { document, tab },
      (found) => [replaceAll(find, insertable(replace), matchCase, found.id)],
      signal,
    );
    const count = replies[0]?.replaceAllText?.occurrencesChanged ?? 0;
    const { data, text } = edited(`Replaced ${count}`, revision);
    return { data: { count, ...data }, text };
  },
});
