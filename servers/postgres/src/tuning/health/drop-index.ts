/** Drops an index without stopping writes, which PostgreSQL cannot do where it is made of the indexes of partitions. */
export function dropIndex(index: string, partitioned: boolean): string {
  return `DROP INDEX ${partitioned ? "" : "CONCURRENTLY "}${index};`;
}
