import { s, ToolError } from "@portico/core";
import { editDocument, readDocument } from "../../editing/docs/edit.ts";
import { insertImage as insert } from "../../editing/docs/requests.ts";
import { requireRevision, spotOf } from "../../editing/docs/where.ts";
import { askFirst, shown } from "../changing/shared/consent.ts";
import { googleTool } from "../shared/google-tool.ts";
import { edited, editedOutput } from "./shared/edited.ts";
import { place, revision, which } from "./shared/parameters.ts";

/** Puts a picture into a document, after the user has agreed. */
export const insertImage = googleTool({
  name: "insert_image",
  title: "Insert Image",
  description:
    "Put a picture that anybody can fetch into a Google Docs document: PNG, JPEG or GIF at an https address. At the end, at an index, or after a text that is there once. Google fetches it, so the user is asked first.",
  input: s.object({
    ...which,
    url: s.string({ maxLength: 2_000 }),
    width: s.optional(s.number({ minimum: 1, maximum: 1_000, description: "Points" })),
    ...place,
    revision,
  }),
  output: editedOutput,
  annotations: { readOnlyHint: false, destructiveHint: false },
  need: "docs.write",
  async run(args, { docs, signal }, ctx) {
    const { document_id: document, url, width, index, after, revision, tab } = args;
    requireRevision([index], revision);
    const address = addressOf(url);
    const { title } = await readDocument(docs, document, signal);
    await askFirst(ctx, {
      question: `Have Google fetch ${address} and put it into the document ${await shown(title)}? Its host learns all that is in the address.`,
      what: "Having Google fetch a picture",
      otherwise: "ask the user to insert it in Google Docs.",
    });
    const { revision: now } = await editDocument(
      docs,
      { document, tab, revision },
      (found) => [insert(address, spotOf(found, { index, after }).index, found.id, width)],
      signal,
    );
    return edited("The picture was inserted", now);
  },
});

function addressOf(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  const hasUser = address?.username !== "" || address.password !== "";
  if (address?.protocol === "https:" && !hasUser) return address.href;
  throw new ToolError("url must begin with https:// and hold no user or password.");
}
