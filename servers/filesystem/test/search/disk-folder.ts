import fs from "node:fs";
import { join } from "node:path";
import type { Entries, Entry, EntryType, Folder, OpenFile } from "../../src/search/folder.ts";

// Folders on the real disk without any confinement, which is not what these tests are about.

/** A folder that answers at once, as a local disk does. */
export function localFolder(root: string): Folder {
  return {
    list: (path, limit) => sorted(fs.readdirSync(join(root, path), { withFileTypes: true }), limit),
    stat(path) {
      const { size, mtimeMs } = fs.lstatSync(join(root, path));
      return { size, modified: mtimeMs };
    },
    open(path): OpenFile {
      const fd = fs.openSync(join(root, path), fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
      return {
        size: fs.fstatSync(fd).size,
        read: (into, position) => fs.readSync(fd, into, 0, into.length, position),
        close: () => fs.closeSync(fd),
      };
    },
    leadsInside(path) {
      try {
        return isInside(root, fs.realpathSync(join(root, path)));
      } catch {
        return false;
      }
    },
  };
}

/** A folder that answers later, as a network disk does. */
export function distantFolder(root: string): Folder {
  return {
    async list(path, limit) {
      return sorted(await fs.promises.readdir(join(root, path), { withFileTypes: true }), limit);
    },
    async stat(path) {
      const { size, mtimeMs } = await fs.promises.lstat(join(root, path));
      return { size, modified: mtimeMs };
    },
    async open(path) {
      const handle = await fs.promises.open(
        join(root, path),
        fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW,
      );
      return {
        size: (await handle.stat()).size,
        read: async (into, position) =>
          (await handle.read(into, 0, into.length, position)).bytesRead,
        close: () => handle.close(),
      };
    },
    async leadsInside(path) {
      try {
        return isInside(root, await fs.promises.realpath(join(root, path)));
      } catch {
        return false;
      }
    },
  };
}

/** Both kinds, for tests that must hold on each. */
export const folderKinds: readonly [string, (root: string) => Folder][] = [
  ["local", localFolder],
  ["distant", distantFolder],
];

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

function sorted(dirents: readonly fs.Dirent[], limit: number): Entries {
  const entries = dirents.map((dirent): Entry => ({ name: dirent.name, type: typeOf(dirent) }));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { entries: entries.slice(0, limit), more: entries.length > limit };
}

function typeOf(dirent: fs.Dirent): EntryType {
  if (dirent.isFile()) return "file";
  if (dirent.isDirectory()) return "directory";
  return dirent.isSymbolicLink() ? "link" : "other";
}
