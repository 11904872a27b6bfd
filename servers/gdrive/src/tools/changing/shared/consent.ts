import { type Context, confirm, ToolError } from "@portico/core";
import { seen } from "@portico/remote-api";
import type { Deps } from "../../../deps.ts";

/** What the user is asked. */
export interface Consent {
  /** The question, as `Move the folder "x" to the trash?` */
  readonly question: string;
  /** What needs it, as the beginning of a sentence. */
  readonly what: string;
  /** What to do where nobody can be asked. */
  readonly otherwise: string;
}

/**
 * Asks the user before something is done; put what changes anything after it.
 * @throws {ToolError} when the user does not agree, or cannot be asked
 */
export async function askFirst(ctx: Context<Deps>, consent: Consent): Promise<void> {
  const question = confirm(consent.question);
  if (!ctx.can(question)) {
    throw new ToolError(
      `${consent.what} needs the user's consent, and this client cannot ask for it: ${consent.otherwise}`,
    );
  }
  const { action } = await ctx.ask("consent", question);
  if (action !== "accept") throw new ToolError("The user did not agree; nothing was changed.");
}

/** Most characters of a name in a question. */
const MOST_SHOWN = 200;

/** A name others gave, in quotes, so that it can be nothing else in a question. */
export async function shown(name: string | null | undefined): Promise<string> {
  const line = (await seen(name ?? "")).replaceAll(/\s+/g, " ").replaceAll('"', "'").trim();
  return `"${line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN).toWellFormed()}…` : line}"`;
}
