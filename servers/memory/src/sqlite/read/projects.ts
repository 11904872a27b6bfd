import type { Connection } from "../connection.ts";

/** Names of an owner's projects. */
export function projectsOf(connection: Connection, owner: string): string[] {
  const rows = connection.all<{ project: string }>(
    "SELECT project FROM graph WHERE owner = :owner ORDER BY project",
    { owner },
  );
  return rows.map(({ project }) => project);
}
