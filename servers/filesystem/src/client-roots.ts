import { fileURLToPath } from "node:url";
import type { DirectorySpec } from "./sandbox/index.ts";

/** The directories that a client's `file://` roots name; roots of other kinds or hosts are passed over. */
export function directoriesOf(roots: readonly { readonly uri: string }[]): DirectorySpec[] {
  return roots.flatMap(({ uri }) => {
    const path = pathOf(uri);
    return path === undefined ? [] : [{ path }];
  });
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
