import { braveTool } from "./shared/brave-tool.ts";
import { webAnswer, webInput, webOutput, webParameters, webText } from "./shared/web.ts";

/** Searches the web. */
export const webSearch = braveTool({
  name: "brave_web_search",
  title: "Web Search",
  description:
    "Search the web: pages with title, excerpt and address, and on request discussions, questions, news and videos. For more results pass next_offset as offset.",
  input: webInput,
  output: webOutput,
  async run(args, brave, signal) {
    const answer = await brave.get("web", { parameters: webParameters(args), signal });
    const data = webAnswer(answer, args.offset);
    return { text: webText(data), data };
  },
});
