import { ToolError } from "@portico/core";
import type { GitHub } from "../../api/github.ts";
import type { ToolCall } from "../shared/github-tool.ts";

/**
 * Lockdown for gists: anybody writes them, and nobody has push access to those of others.
 * @throws {ToolError} when `owner` is somebody else, or gone, and lockdown is on
 */
export async function requireOwn(
  rest: GitHub["rest"],
  { isLocked }: ToolCall,
  owner: string | undefined,
): Promise<void> {
  if (!isLocked) return;
  const { data } = await rest.users.getAuthenticated();
  if (data.login.toLowerCase() === owner?.toLowerCase()) return;
  throw new ToolError("Lockdown withholds the gists of others.");
}
