import type { Context } from "@portico/core";
import type { Deps } from "../../../deps.ts";
import type { Meant } from "../../../filing/filed.ts";
import { newcomers } from "../../../sharing/newcomers.ts";
import { askFirst, shown } from "./consent.ts";

/** Most names in a question. */
const MOST_NAMED = 10;

/**
 * Asks the user before a file, or a copy of it, goes where people see it who do not see it yet: that shares it.
 * @throws {ToolError} when the user does not agree, or cannot be asked
 */
export async function admitAudience(
  { file }: Meant,
  into: Meant,
  ctx: Context<Deps>,
): Promise<void> {
  const names = newcomers(file, into.file, ctx.deps.shareDomains);
  if (names.length === 0) return;
  const more = names.length - MOST_NAMED;
  const listed = [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(", ");
  await askFirst(ctx, {
    question: `Put ${await shown(file.name)} into ${await shown(into.file.name)}, where these will see it: ${listed}?`,
    what: `In that folder ${listed} will see the file, which`,
    otherwise: "choose a folder of the user's own, or ask the user to do it in Drive.",
  });
}
