import { s } from "@portico/core";
import { braveTool } from "./shared/brave-tool.ts";
import { listed, listOutput } from "./shared/listed.ts";
import { listInput, USUAL_COUNT } from "./shared/parameters.ts";
import { resultsOf, videos } from "./shared/sections.ts";

/** Searches for videos. */
export const videoSearch = braveTool({
  name: "brave_video_search",
  title: "Video Search",
  description: "Search for videos: title, address, duration, creator, views.",
  input: s.object(listInput),
  output: listOutput,
  async run({ query: q, ...rest }, brave, signal) {
    const parameters = { q, count: USUAL_COUNT, ...rest };
    const answer = await brave.get("videos", { parameters, signal });
    return listed(videos(resultsOf(answer)), rest);
  },
});
