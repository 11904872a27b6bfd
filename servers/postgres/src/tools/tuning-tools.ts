import { analyzeDbHealth } from "./analyze-db-health.ts";
import { analyzeQueryIndexes } from "./analyze-query-indexes.ts";
import { analyzeWorkloadIndexes } from "./analyze-workload-indexes.ts";
import { findBloat } from "./find-bloat.ts";
import { getTopQueries } from "./get-top-queries.ts";
import type { DatabaseTool } from "./shared/database-tool.ts";
import { showLocks } from "./show-locks.ts";

/** What this server offers to see how a database is doing, and to make it faster. */
export const tuningTools: readonly DatabaseTool[] = [
  getTopQueries,
  analyzeDbHealth,
  analyzeWorkloadIndexes,
  analyzeQueryIndexes,
  findBloat,
  showLocks,
];
