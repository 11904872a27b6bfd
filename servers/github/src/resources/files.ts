import {
  type ChangeDetector,
  type Completer,
  type Context,
  type EmbeddedResource,
  type ResourceBody,
  ResourceNotFound,
  type ResourceSource,
  resourceTemplate,
} from "@portico/core";
import type { Deps } from "../deps.ts";
import { getFileContents } from "../tools/repos/get-file-contents.ts";
import { askTool } from "./ask-tool.ts";
import {
  completeBranch,
  completeCommit,
  completeOwner,
  completePath,
  completePull,
  completeRepo,
  completeTag,
} from "./complete.ts";
import { readFile } from "./read-file.ts";
import { FILES, refOf, type Variables } from "./templates.ts";
import { type Route, watchRoute } from "./watch.ts";

const names = { owner: completeOwner, repo: completeRepo, path: completePath };

/** The files of repositories: of the default branch, a branch, a commit, a tag or a pull request. */
export function fileResources(detector: ChangeDetector): ResourceSource<Deps>[] {
  return [
    files(detector, FILES.default, "repository_content", "Files of a repository", {}),
    files(detector, FILES.branch, "repository_content_branch", "Files of a branch", {
      branch: completeBranch,
    }),
    files(detector, FILES.commit, "repository_content_commit", "Files of a commit", {
      sha: completeCommit,
    }),
    files(detector, FILES.tag, "repository_content_tag", "Files of a tag", { tag: completeTag }),
    files(detector, FILES.pull, "repository_content_pr", "Files of a pull request", {
      prNumber: completePull,
    }),
  ];
}

function files(
  detector: ChangeDetector,
  uriTemplate: string,
  name: string,
  title: string,
  complete: Readonly<Record<string, Completer<Deps>>>,
): ResourceSource<Deps> {
  return resourceTemplate<Deps>({
    uriTemplate,
    name,
    title,
    description: "A file as text or bytes, a directory as JSON.",
    complete: { ...names, ...complete },
    read: (variables, ctx, uri) => contentsOf(variables, ctx, uri),
    watch: (uri, changed, ctx) =>
      watchRoute(
        detector,
        { template: uriTemplate, as: getFileContents, routeOf },
        uri,
        changed,
        ctx,
      ),
  });
}

/** A file's contents, or the pull request whose head moves. */
function routeOf({ prNumber, path = "", ...at }: Variables): Route {
  if (prNumber !== undefined) return ["GET /repos/{owner}/{repo}/pulls/{prNumber}", { prNumber }];
  const ref = refOf(at);
  return ["GET /repos/{owner}/{repo}/contents/{path}", { path, ...(ref !== undefined && { ref }) }];
}

async function contentsOf(
  variables: Variables,
  ctx: Context<Deps>,
  uri: string,
): Promise<ResourceBody> {
  const { owner = "", repo = "", path = "", prNumber } = variables;
  const ref = refOf(variables);
  if (prNumber !== undefined && !/^\d{1,15}$/.test(prNumber)) throw new ResourceNotFound(uri);
  const { content, meta } = await askTool(
    readFile,
    {
      ...{ owner, repo, path, uri },
      ...(ref !== undefined && { ref }),
      ...(prNumber !== undefined && { pull: Number(prNumber) }),
    },
    ctx,
    { uri, as: getFileContents },
  );
  const block = content.find((one): one is EmbeddedResource => one.type === "resource");
  if (!block) throw new ResourceNotFound(uri);
  const { resource } = block;
  const contents = "text" in resource ? resource.text : Buffer.from(resource.blob, "base64");
  return { contents, mimeType: resource.mimeType ?? "text/plain", meta };
}
