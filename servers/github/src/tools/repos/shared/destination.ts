import { ToolError } from "@portico/core";
import type { GitHub } from "../../../api/github.ts";
import type { ToolCall } from "../../shared/github-tool.ts";

/**
 * Holds a new repository inside the allow-list, also where it is to be the caller's own.
 * @throws {ToolError} when it would be outside
 */
export async function requireDestination(
  rest: GitHub["rest"],
  { ctx, admits }: ToolCall,
  organization: string | undefined,
  name: string,
): Promise<void> {
  if (!ctx.deps.allowed.isOn) return;
  const owner = organization ?? (await rest.users.getAuthenticated()).data.login;
  if (admits(owner, name)) return;
  throw new ToolError(`${owner}/${name} is not among the repositories this server may touch.`);
}
