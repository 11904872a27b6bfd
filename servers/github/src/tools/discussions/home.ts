import type { Repository } from "../../api/github.ts";

/** An organization's discussions are those of its repository `.github`. */
export function homeOf({ owner, repo = ".github" }: { owner: string; repo?: string }): Repository {
  return { owner, repo };
}
