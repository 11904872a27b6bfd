import { type Folder, isRefusal } from "./folder.ts";
import { IgnoreRules } from "./ignore-rules.ts";

const maxBytes = 65_536;

/** The rules in a directory with a .gitignore, on top of those above; just those above when it has none. */
export async function readIgnoreRules(
  folder: Folder,
  directory: string,
  above: IgnoreRules | undefined,
): Promise<IgnoreRules | undefined> {
  const path = directory === "" ? ".gitignore" : `${directory}/.gitignore`;
  try {
    const file = await folder.open(path);
    try {
      const bytes = Buffer.alloc(Math.min(file.size, maxBytes));
      const length = await file.read(bytes, 0);
      return new IgnoreRules(directory, bytes.toString("utf8", 0, length), above);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return above;
  }
}
