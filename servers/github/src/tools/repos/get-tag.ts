import { s } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { refName } from "./shared/arguments.ts";

/** A tag: what it points to and, where it is annotated, what was written on it. */
export const getTag = githubTool({
  name: "get_tag",
  toolset: "repos",
  isRare: true,
  description: "A git tag and what it points to.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ owner, repo, tag: s.string() }),
  output: thing,
  async run({ owner, repo, tag }, { rest }) {
    const place = { owner, repo };
    const { data: ref } = await rest.git.getRef({ ...place, ref: `tags/${refName(tag)}` });
    const { type, sha } = ref.object;
    const plain = { tag, ref: ref.ref, object: { type, sha } };
    if (type !== "tag") return { data: plain };
    const { data } = await rest.git.getTag({ ...place, tag_sha: sha });
    const { message, tagger, object } = data;
    const { name, email, date } = tagger;
    return {
      data: {
        ...plain,
        sha: data.sha,
        object: { type: object.type, sha: object.sha },
        message,
        tagger: stated({ name, email, date }),
      },
    };
  },
});
