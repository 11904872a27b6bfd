import type { GitHubTool } from "../shared/github-tool.ts";
import { createBranch } from "./create-branch.ts";
import { createOrUpdateFile } from "./create-or-update-file.ts";
import { createRepository } from "./create-repository.ts";
import { deleteFile } from "./delete-file.ts";
import { deleteRepository } from "./delete-repository.ts";
import { forkRepository } from "./fork-repository.ts";
import { getCommit } from "./get-commit.ts";
import { getFileBlame } from "./get-file-blame.ts";
import { getFileContents } from "./get-file-contents.ts";
import { getLatestRelease } from "./get-latest-release.ts";
import { getReleaseByTag } from "./get-release-by-tag.ts";
import { getTag } from "./get-tag.ts";
import { listBranches } from "./list-branches.ts";
import { listCommits } from "./list-commits.ts";
import { listReleases } from "./list-releases.ts";
import { listRepositoryCollaborators } from "./list-repository-collaborators.ts";
import { listTags } from "./list-tags.ts";
import { pushFiles } from "./push-files.ts";
import { searchCode } from "./search-code.ts";
import { searchCommits } from "./search-commits.ts";
import { searchRepositories } from "./search-repositories.ts";

/** The tools of the toolset `repos`. */
export const reposTools: readonly GitHubTool[] = [
  getFileContents,
  getFileBlame,
  createOrUpdateFile,
  pushFiles,
  deleteFile,
  createBranch,
  listBranches,
  getCommit,
  listCommits,
  getTag,
  listTags,
  getLatestRelease,
  getReleaseByTag,
  listReleases,
  searchRepositories,
  searchCode,
  searchCommits,
  createRepository,
  forkRepository,
  deleteRepository,
  listRepositoryCollaborators,
];
