import type { Source } from "./sources.ts";

/** The import cycles among sources, each as a path back to its start. Only value imports make one. */
export function cycles(sources: readonly Source[]): string[][] {
  const edges = new Map(sources.map((source) => [source.path, loadedWith(source)]));
  const finished = new Set<string>();
  const found: string[][] = [];

  const visit = (path: string, trail: string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      found.push([...trail.slice(start), path]);
      return;
    }
    if (finished.has(path)) return;
    for (const target of edges.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return found;
}

/** Every file that loading `entry` loads too, with the file that first imports it. */
export function closure(sources: readonly Source[], entry: string): Map<string, string> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const importers = new Map([[entry, entry]]);
  for (const path of importers.keys()) {
    const source = byPath.get(path);
    const values = source?.imports.filter(({ kind }) => kind === "value") ?? [];
    for (const { target, specifier } of values) {
      const next = target ?? specifier;
      if (!importers.has(next)) importers.set(next, path);
    }
  }
  return importers;
}

function loadedWith({ imports }: Source): string[] {
  return imports.filter(({ kind }) => kind === "value").flatMap(({ target }) => target ?? []);
}
