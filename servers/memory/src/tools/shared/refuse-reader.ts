import { type Context, ToolError } from "@portico/core";

const READ = "memory:read";
const WRITE = "memory:write";

/**
 * Refuses a caller whose token was given for reading: it has the scope `memory:read`, and not `memory:write`. A token
 * with neither may do both.
 * @throws {ToolError}
 */
export function refuseReader({ principal }: Pick<Context<unknown>, "principal">): void {
  const scopes = principal?.scopes ?? [];
  if (!scopes.includes(READ) || scopes.includes(WRITE)) return;
  throw new ToolError(`This token may only read (${READ}); writing needs one with ${WRITE}.`);
}
