import type { Place, Sandbox } from "../sandbox/index.ts";
import type { Entry, Folder, OpenFile } from "./folder.ts";

/** A directory of the sandbox for the searches. Every single access is confined by the sandbox itself. */
export function sandboxFolder(sandbox: Sandbox, directory: Place): Folder {
  const placeOf = (path: string) => sandbox.child(directory, path);
  return {
    list(path, limit) {
      const place = placeOf(path);
      const now = sandbox.entriesNow(place);
      if (now && now.length <= limit) return { entries: now.sort(byName), more: false };
      return sandbox
        .entries(place, limit)
        .then(({ entries, more }) => ({ entries: entries.sort(byName), more }));
    },
    async stat(path) {
      const { size, modified } = await sandbox.info(placeOf(path));
      return { size, modified: modified.getTime() };
    },
    open: (path) => openIn(sandbox, placeOf(path)),
    async leadsInside(path) {
      try {
        await sandbox.info(placeOf(path));
        return true;
      } catch {
        return false;
      }
    },
  };
}

const firstBytes = 65_536;

/** Nearly every file fits into the first read, which tells the size as well. */
async function openIn(sandbox: Sandbox, place: Place): Promise<OpenFile> {
  const first = await sandbox.readBytes(place, { length: firstBytes });
  return {
    size: first.size,
    async read(into, position) {
      if (position < first.bytes.length) return first.bytes.copy(into, 0, position);
      const { bytes } = await sandbox.readBytes(place, { offset: position, length: into.length });
      return bytes.copy(into);
    },
    close: () => undefined,
  };
}

function byName(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : 1;
}
