import type { RestEndpointMethodTypes } from "@octokit/rest";
import { stated } from "../api/stated.ts";
import { loginShape } from "./shapes.ts";

type Rest = RestEndpointMethodTypes;
type Listed = Rest["gists"]["list"]["response"]["data"][number];
type Whole = Rest["gists"]["get"]["response"]["data"];

/** A gist in a list: which files it has, and not what is in them. */
export function listedGist(gist: Listed) {
  return {
    ...facts(gist),
    files: Object.values(gist.files).map((file) =>
      stated({ filename: file.filename, language: file.language, size: file.size }),
    ),
  };
}

/** A gist with its files. */
export function wholeGist(gist: Whole) {
  return {
    ...facts(gist),
    files: Object.values(gist.files ?? {}).map((file) =>
      stated({
        filename: file?.filename,
        language: file?.language,
        size: file?.size,
        content: file?.content,
        truncated: file?.truncated || undefined,
      }),
    ),
  };
}

function facts(gist: Listed | Whole) {
  return stated({
    id: gist.id,
    description: gist.description,
    public: gist.public,
    html_url: gist.html_url,
    owner: loginShape(gist.owner),
    comments: gist.comments,
    created_at: gist.created_at,
    updated_at: gist.updated_at,
  });
}
