import type { RestEndpointMethodTypes } from "@octokit/rest";
import { stated } from "../api/stated.ts";
import { loginShape } from "./shapes.ts";

type Rest = RestEndpointMethodTypes;
type Whole = Rest["repos"]["getCommit"]["response"]["data"];
type Found = Rest["search"]["commits"]["response"]["data"]["items"][number];
type Signature = { readonly name?: string; readonly email?: string; readonly date?: string } | null;

/** How much of the changed files is shown. */
export const DETAILS = ["stats", "none", "full_patch"] as const;

/** One of them. */
export type Detail = (typeof DETAILS)[number];

/** A commit without its files. */
export function commitShape({ sha, html_url, commit, author, committer }: Whole | Found) {
  return stated({
    sha,
    html_url,
    commit: stated({
      message: commit.message,
      author: signatureShape(commit.author),
      committer: signatureShape(commit.committer),
    }),
    author: loginShape(author),
    committer: loginShape(committer as { login?: string } | null),
  });
}

/** A commit with what it changed. */
export function commitWithFiles(whole: Whole, detail: Detail) {
  if (detail === "none") return commitShape(whole);
  return {
    ...commitShape(whole),
    parents: whole.parents.map(({ sha }) => sha),
    stats: stated({ ...whole.stats }),
    files: (whole.files ?? []).map((file) => fileShape(file, detail)),
  };
}

/** Who wrote a commit, as far as GitHub knows the account. */
export function authorOf({ author }: { readonly author?: unknown }): string | undefined {
  return (author as { login?: string } | null | undefined)?.login;
}

function fileShape(file: NonNullable<Whole["files"]>[number], detail: Detail) {
  return stated({
    filename: file.filename,
    previous_filename: file.previous_filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    patch: detail === "full_patch" ? file.patch : undefined,
  });
}

function signatureShape(signature: Signature | undefined) {
  return stated({ name: signature?.name, email: signature?.email, date: signature?.date });
}
