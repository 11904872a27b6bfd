/** How many entries a tree had, to be put behind its name; nothing for one that stands alone. */
export function counted(entries: number): string {
  return entries === 1 ? "" : ` (${entries} entries)`;
}
