import { seen } from "@portico/remote-api";
import { GitHubError } from "../api/error.ts";
import type { GitHub, Repository } from "../api/github.ts";
import { lfsPointer, MOST_POINTER_BYTES } from "./lfs.ts";
import { linkTarget } from "./path.ts";
import { type Entry, MODES } from "./trees.ts";

/** A write to a path. */
interface Write {
  readonly path: string;
  /** What is there now, or what stands in the way to it. */
  readonly found: Entry | undefined;
  /** What is to be there; undefined for nothing. */
  readonly content: string | undefined;
  /** A link at the path itself is meant, not what it leads to. */
  readonly isLinkMeant?: boolean;
}

/**
 * Refuses a write that would not do what it seems to: to a directory, through or over a link, into a submodule, over
 * the pointer of a file that is kept in Git LFS.
 * @throws {GitHubError} saying what is there and where to write instead
 */
export async function checkWritable(
  github: GitHub,
  place: Repository,
  { path, found, content, isLinkMeant = false }: Write,
): Promise<void> {
  if (found === undefined) return;
  if (found.mode === MODES.directory) throw new GitHubError(`${path} is a directory, not a file.`);
  if (found.mode === MODES.submodule) {
    throw new GitHubError(
      `${found.path} is a submodule; its files are changed in the repository it comes from.`,
    );
  }
  if (found.mode === MODES.link) {
    if (isLinkMeant && found.path === path) return;
    throw new GitHubError(overLink(path, found.path, await readBlob(github, place, found.sha)));
  }
  if (found.path !== path) throw new GitHubError(`${found.path} is a file, not a directory.`);
  if (found.size !== undefined && found.size > MOST_POINTER_BYTES) return;
  const pointer = lfsPointer(await readBlob(github, place, found.sha));
  if (pointer && content !== undefined && !lfsPointer(content)) {
    throw new GitHubError(
      `${path} is kept in Git LFS (${pointer.size} bytes); this would replace its pointer, so change it with git.`,
    );
  }
}

function overLink(path: string, link: string, target: string): string {
  const leads = linkTarget(link, target);
  if (leads === undefined) {
    return `${link} is a symbolic link that leads out of the repository; set allow_symlink_write to give ${path} itself a new target.`;
  }
  const meant = `${leads}${path.slice(link.length)}`;
  return `${link} is a symbolic link to ${leads}; write to ${meant} to change the file, or set allow_symlink_write with a new target as content to change the link.`;
}

/** The start of a blob as text: pointers and targets of links are short. */
async function readBlob({ rest }: GitHub, place: Repository, sha: string): Promise<string> {
  const { data } = await rest.git.getBlob({ ...place, file_sha: sha });
  const bytes = Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
  return seen(bytes.toString());
}
