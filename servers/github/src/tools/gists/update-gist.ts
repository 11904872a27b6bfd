import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";

/** Writes a file of a gist, or adds one. */
export const updateGist = githubTool({
  name: "update_gist",
  toolset: "gists",
  description: "Write a file of a gist.",
  effect: "writes",
  scopes: ["gist"],
  bound: "outside",
  input: s.object({
    gist_id: s.string(),
    description: s.optional(s.string()),
    filename: s.string(),
    content: s.string({ minLength: 1 }),
  }),
  output: thing,
  async run({ gist_id, description, filename, content }, { rest }) {
    const { data } = await rest.gists.update({
      gist_id,
      files: { [filename]: { content } },
      ...(description !== undefined && { description }),
    });
    return { data: { id: data.id, url: data.html_url }, from: [] };
  },
});
