import { type Context, confirm, type JsonObject, ToolError } from "@portico/core";
import type { GitHub } from "../../api/github.ts";
import type { Deps } from "../../deps.ts";
import { placeOf } from "./admit.ts";
import type { Effect } from "./github-tool.ts";

/** What is about to happen. */
export interface Plan {
  readonly name: string;
  readonly effect: Effect;
  readonly args: JsonObject;
  /** What the user is asked where it destroys. */
  readonly question: string;
  /** Whether what it writes can be read by others at all. */
  readonly isSeen: boolean;
}

/** Most characters of what is written that the user is shown. */
const MOST_SHOWN = 600;

const UNSEEN = /[\p{Cf}\p{Co}\p{Variation_Selector}\u115f\u1160\u2800\u3164\uffa0]/gu;

/**
 * GH9, GH1: asks the user before something is destroyed, and before something is written in public by a session that
 * has read what is private and what strangers wrote. The answer comes back sealed by the protocol package.
 * @throws {ToolError} when the user does not agree, or cannot be asked
 */
export async function askFirst(plan: Plan, github: GitHub, ctx: Context<Deps>): Promise<void> {
  const { effect, name, args, question, isSeen } = plan;
  if (effect === "reads") return;
  if (effect === "destroys" && !ctx.deps.isUnattended) await agreed("confirm", question, ctx);
  if (!isSeen) return;
  const { flow, sessions } = ctx.deps;
  const objection = await flow.objection(sessions.of(ctx), github, placeOf(args));
  if (objection === undefined) return;
  await agreed("flow", `${objection} Let ${name} write this?\n${shown(args)}`, ctx);
}

/** What no eye sees is spelt out: a secret could leave in it, past the user. */
function shown(args: JsonObject): string {
  const spelt = JSON.stringify(args).replace(UNSEEN, codeOf);
  const more = spelt.length - MOST_SHOWN;
  if (more <= 0) return spelt;
  return `${spelt.slice(0, MOST_SHOWN).toWellFormed()}… (and ${more} characters more)`;
}

const codeOf = (character: string) => `\\u{${character.codePointAt(0)?.toString(16)}}`;

async function agreed(key: string, message: string, ctx: Context<Deps>): Promise<void> {
  const question = confirm(message);
  if (!ctx.can(question)) {
    const instead = key === "confirm" ? ", or to start the server with --yes" : "";
    throw new ToolError(
      `${message}\nThis needs the user's consent, and this client cannot ask for it: ask the user to do it${instead}.`,
    );
  }
  const { action } = await ctx.ask(key, question);
  if (action !== "accept") throw new ToolError("The user did not agree; nothing was changed.");
}
