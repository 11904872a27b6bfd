import { InvalidResponse } from "../era/client-era.ts";
import { checkFor, type RequestRow, type Revision } from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import { describeIssues } from "../schema/validate.ts";

/**
 * Fields a client does without: an absent `resultType` MUST be taken for "complete" (2026-07-28 basic/index),
 * absent or negative cache hints for none (server/utilities/caching).
 */
const DISPENSABLE: readonly unknown[] = ["resultType", "ttlMs", "cacheScope"];

/** @throws {InvalidResponse} when a complete result is not what the revision says */
export function checkResult(row: RequestRow, revision: Revision, result: JsonObject): void {
  const issues = checkFor(
    row.result,
    revision,
  )(result)?.filter(({ path }) => !DISPENSABLE.includes(path[0]));
  if (issues === undefined || issues.length === 0) return;
  throw new InvalidResponse(
    `The server's answer to ${row.method} breaks MCP ${revision}: ${describeIssues(issues, "result")}.`,
  );
}
