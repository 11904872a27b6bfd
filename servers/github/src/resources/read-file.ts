import { embedded, type JsonObject, s } from "@portico/core";
import { withoutInvisible } from "@portico/remote-api";
import { GitHubError } from "../api/error.ts";
import type { GitHub, Repository } from "../api/github.ts";
import { binaryType, textOfBytes } from "../repos/file-bytes.ts";
import { type Contents, readContents } from "../repos/read-contents.ts";
import { pathInside, refName } from "../tools/repos/shared/arguments.ts";
import { requireLanded } from "../tools/repos/shared/require-landed.ts";
import { githubTool } from "../tools/shared/github-tool.ts";
import { owner, repo } from "../tools/shared/inputs.ts";
import { thing } from "../tools/shared/outputs.ts";

/** Bytes of the largest file that is read as a resource. */
const LARGEST = 10_000_000;

const JSON_TYPE = "application/json";

type File = Extract<Contents, { kind: "file" }>;

/** Reads what is at a path, whole. Resources do by it what tools do; it is no tool that is offered. */
export const readFile = githubTool({
  name: "read_file",
  toolset: "repos",
  description: "A file or directory, whole.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    owner,
    repo,
    path: s.string(),
    ref: s.optional(s.string()),
    pull: s.optional(s.integer()),
    uri: s.string(),
  }),
  output: thing,
  async run({ owner, repo, path: given, uri, ...at }, github, call) {
    const place = { owner, repo };
    const path = pathInside(given);
    const ref = at.pull === undefined ? refName(at.ref) : await headOf(github, place, at.pull);
    await requireLanded(github, place, ref, call);
    const { contents, instead } = await readContents(github, place, { path, ref });
    if (instead !== undefined)
      throw new GitHubError(`There is no ${ref} in ${owner}/${repo}.`, 404);
    if (contents.kind === "file")
      return { data: {}, blocks: [await shown(github, place, contents, uri)] };
    const listing = JSON.stringify(listed(contents, uri), null, 2);
    return { data: {}, blocks: [embedded(uri, withoutInvisible(listing), JSON_TYPE)] };
  },
});

/** The commit at the end of a pull request, which may be in a fork. */
async function headOf({ rest }: GitHub, place: Repository, pull: number): Promise<string> {
  const { data } = await rest.pulls.get({ ...place, pull_number: pull });
  return data.head.sha;
}

async function shown(github: GitHub, place: Repository, file: File, uri: string) {
  const bytes = file.bytes ?? (await large(github, place, file));
  const text = textOfBytes(bytes);
  if (text === undefined) return embedded(uri, bytes, binaryType(bytes));
  return embedded(uri, withoutInvisible(text), textType(file.name));
}

/** GitHub gives files of more than a megabyte only as blobs. */
async function large({ rest }: GitHub, place: Repository, file: File): Promise<Uint8Array> {
  if (file.size > LARGEST) {
    const where = file.html_url === null ? "" : ` from ${file.html_url}`;
    throw new GitHubError(
      `${file.path} has ${file.size} bytes, more than the ${LARGEST} a resource may have; clone the repository or download it${where}.`,
    );
  }
  const { data } = await rest.git.getBlob({ ...place, file_sha: file.sha });
  return Buffer.from(data.content, "base64");
}

function listed(contents: Exclude<Contents, File>, uri: string): JsonObject {
  if (contents.kind === "directory") {
    const base = uri.replace(/\/$/, "");
    const entries = contents.entries.map(({ type, name, size, sha }) => ({
      type,
      name,
      size,
      sha,
      uri: `${base}/${encodeURIComponent(name)}`,
    }));
    return { type: "dir", entries };
  }
  if (contents.kind === "submodule") {
    return { type: "submodule", sha: contents.sha, submodule_git_url: contents.url };
  }
  return { type: "symlink", sha: contents.sha, target: contents.target };
}

function textType(name: string): string {
  if (/\.(md|markdown)$/i.test(name)) return "text/markdown";
  return /\.json$/i.test(name) ? JSON_TYPE : "text/plain";
}
