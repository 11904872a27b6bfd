import { type Context, confirm, ToolError } from "@portico/core";
import type { Deps } from "../../../deps.ts";

/**
 * Asks the user before something is done.
 * @param question what will be done, in one sentence that ends with a question mark
 * @throws {ToolError} when the user does not agree, or cannot be asked
 */
export async function agree(question: string, ctx: Context<Deps>): Promise<void> {
  const asked = confirm(question);
  if (!ctx.can(asked)) {
    throw new ToolError(
      "This needs the user's consent, and this client cannot ask for it; ask the user to do it themselves.",
    );
  }
  const { action } = await ctx.ask("agree", asked);
  if (action !== "accept") throw new ToolError("The user did not agree; nothing was changed.");
}
