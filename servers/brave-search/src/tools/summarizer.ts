import { s } from "@portico/core";
import { BraveError } from "../brave/error.ts";
import { listAt } from "../brave/results.ts";
import { summaryOf, summaryText } from "../brave/summary.ts";
import { braveTool } from "./shared/brave-tool.ts";

/** Gets the summary that a web search announced. */
export const summarizer = braveTool({
  name: "brave_summarizer",
  title: "Summarizer",
  description:
    "Get Brave's summary of a search: pass the summary_key that brave_web_search with summary gave. Needs a plan with summaries.",
  input: s.object({
    key: s.string({ minLength: 1 }),
    entity_info: s.optional(s.boolean({ default: false, description: "Tell of entities, too" })),
    inline_references: s.optional(s.boolean({ default: false, description: "Name the sources" })),
  }),
  output: s.object({ summary: s.string(), entities: s.optional(s.array(s.unknown())) }),
  async run(parameters, brave, signal) {
    const answer = await summaryOf(brave, { parameters, signal });
    const summary = summaryText(answer);
    if (summary === "") throw new BraveError("Brave's summary is empty; read the pages instead.");
    const entities = listAt(answer, "entities_infos");
    return { text: summary, data: { summary, ...(entities.length > 0 && { entities }) } };
  },
});
