import { type Output, s } from "@portico/core";
import { countFitting, withoutInvisible } from "@portico/remote-api";
import { type Block, blocksOf } from "../../editing/docs/blocks.ts";
import { readDocument } from "../../editing/docs/edit.ts";
import { asideOf } from "../../editing/docs/replacing.ts";
import { findTab, type Tab, tabsOf } from "../../editing/docs/tabs.ts";
import { textRuns } from "../../editing/docs/text-runs.ts";
import { shortened } from "../../editing/shortened.ts";
import { googleTool } from "../shared/google-tool.ts";
import { which } from "./shared/parameters.ts";

const output = s.object({
  title: s.string(),
  revision: s.optional(s.string()),
  tab: s.string(),
  tabs: s.array(s.object({ id: s.string(), title: s.string(), depth: s.integer() })),
  blocks: s.array(
    s.object({
      start: s.integer(),
      end: s.integer(),
      markdown: s.string(),
      cells: s.optional(s.array(s.integer())),
    }),
  ),
  aside: s.array(s.object({ name: s.string(), text: s.string() })),
  next: s.optional(s.integer()),
});

const USUAL_TOKENS = 6_000;

/** Tokens of one header, footer or footnote. */
const ASIDE_TOKENS = 300;

/** Reads a document as Markdown, with the indexes that changes of it are made at. */
export const readDocumentTool = googleTool({
  name: "read_document",
  title: "Read Document",
  description:
    "Read a Google Docs document for editing: Markdown with the index of each paragraph and table row, its tabs, and the revision the indexes belong to. To only read one, read_file is shorter.",
  input: s.object({
    ...which,
    from: s.optional(s.integer({ minimum: 0, description: "`next` of the part before" })),
    max_tokens: s.optional(s.integer({ minimum: 500, maximum: 50_000, default: USUAL_TOKENS })),
  }),
  output,
  annotations: { readOnlyHint: true },
  need: "docs.read",
  async run(
    { document_id: document, tab: wanted, from = 0, max_tokens: tokens = USUAL_TOKENS },
    google,
  ) {
    const found = await readDocument(google.docs, document, google.signal);
    const tab = findTab(found, wanted);
    const all = blocksOf(tab, from).map(cleaned);
    const blocks = all.slice(0, countFitting(all.map(line), tokens));
    const data: Output<typeof output> = {
      title: withoutInvisible(found.title ?? ""),
      ...(found.revisionId && { revision: found.revisionId }),
      tab: tab.id,
      tabs: tabsOf(found).map(({ id, title, depth }) => ({
        id,
        title: withoutInvisible(title),
        depth,
      })),
      blocks,
      aside: from === 0 ? aside(tab, tokens / 4) : [],
      ...(blocks.length < all.length && { next: all[blocks.length]!.start }),
    };
    return { data, text: shown(data), source: "a document in Google Docs", isClean: true };
  },
});

/** Text of a document is no HTML: a person sees its tags too. */
function cleaned(block: Block): Block {
  return { ...block, markdown: withoutInvisible(block.markdown) };
}

/** What headers, footers and footnotes say, as far as there is room. */
function aside(tab: Tab, tokens: number): { name: string; text: string }[] {
  const all = asideOf(tab).flatMap(({ name, content }) => {
    const text = textRuns(content).map((run) => run.text);
    const words = shortened(withoutInvisible(text.join(" ")).trim(), ASIDE_TOKENS);
    return words === "" ? [] : [{ name, text: words }];
  });
  return all.slice(
    0,
    countFitting(
      all.map(({ text }) => text),
      tokens,
    ),
  );
}

function shown(data: Output<typeof output>): string {
  const { title, revision, tab, tabs, blocks, next } = data;
  const named = tabs.map(({ id, title, depth }) => `${">".repeat(depth)}${title} (${id})`);
  return [
    `${title}; revision ${revision ?? "unknown"}; tab ${tab}${tabs.length > 1 ? ` of ${named.join(", ")}` : ""}`,
    ...blocks.map(line),
    ...data.aside.map(({ name, text }) => `${name}: ${text}`),
    ...(next === undefined ? [] : [`There is more: go on with from ${next}.`]),
  ].join("\n");
}

function line({ start, end, markdown, cells }: Block): string {
  return `${start}-${end} ${markdown}${cells ? ` (cells at ${cells.join(", ")})` : ""}`;
}
