import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";

/** Creates a gist, which search does not find unless told. */
export const createGist = githubTool({
  name: "create_gist",
  toolset: "gists",
  description: "Create a gist with one file, secret unless public.",
  effect: "writes",
  scopes: ["gist"],
  bound: "outside",
  input: s.object({
    description: s.optional(s.string()),
    filename: s.string(),
    content: s.string({ minLength: 1 }),
    public: s.optional(s.boolean()),
  }),
  output: thing,
  async run({ description, filename, content, public: isPublic = false }, { rest }) {
    const { data } = await rest.gists.create({
      files: { [filename]: { content } },
      public: isPublic,
      ...(description !== undefined && { description }),
    });
    return { data: { id: data.id, url: data.html_url }, from: [] };
  },
});
