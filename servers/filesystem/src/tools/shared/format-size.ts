const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** Bytes in the unit that reads best, 1,024 to the next: `1.50 KB`. */
export function formatSize(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  if (power === 0) return `${bytes} B`;
  return `${(bytes / 1024 ** power).toFixed(2)} ${UNITS[power]}`;
}
