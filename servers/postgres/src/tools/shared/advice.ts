import { type Context, type Output, type Reply, s } from "@portico/core";
import type { Deps } from "../../deps.ts";
import { judge } from "../../guard/judge.ts";
import type { Reach } from "../../reach.ts";
import { METHODS, type Method } from "../../tuning/advisor/method.ts";
import type { Given } from "../../tuning/advisor/workload.ts";
import type { Inspection } from "../../tuning/inspection.ts";
import { admit } from "./admit.ts";
import { data } from "./answer.ts";

/** The arguments that advice on indexes takes beside its statements. */
export const adviceInput = {
  max_index_size_mb: s.optional(
    s.number({ minimum: 0, description: "All proposed indexes together; default 10000" }),
  ),
  method: s.optional(
    s.enum(METHODS, {
      description:
        "dta (default): costs by HypoPG where it is installed, else by rules; rules: always by rules",
    }),
  ),
} as const;

/** The structured output of such advice. */
export const adviceOutput = s.object({
  indexes: s.array(
    s.object({
      sql: s.string(),
      bytes: s.number({ description: "Estimated" }),
      gain: s.number({ description: "Of the cost of all statements, 0 to 1" }),
    }),
  ),
  costed: s.boolean({ description: "By the planner; by rules otherwise" }),
  studied: s.integer(),
  skipped: s.integer(),
});

/** Those arguments, as a call gives them. */
export interface AdviceArguments {
  readonly max_index_size_mb?: number;
  readonly method?: Method;
}

const MEGABYTE = 1_048_576;
const USUAL_MEGABYTES = 10_000;

/** The search is ended after so long, with the best until then. */
const MOST_MILLISECONDS = 15_000;

/** Characters shown of each statement. */
const QUERY_LENGTH = 120;

/** What advice is given with: the database's books, and what is needed to look twice at each statement. */
export interface Advising {
  readonly inspection: Inspection;
  readonly on: Reach;
  readonly ctx: Context<Deps>;
}

/** Advises on indexes for statements, none of which is run. */
export async function adviceReply(
  given: readonly Given[],
  { max_index_size_mb: megabytes = USUAL_MEGABYTES, method = "dta" }: AdviceArguments,
  { inspection, on, ctx }: Advising,
): Promise<Reply<Output<typeof adviceOutput>>> {
  // Most sessions never ask for advice, and start sooner without it.
  const { advise, definition, describeAdvice } = await import("../../tuning/advisor/index.ts");
  const screen = async (sql: string) => {
    // Changing statements are planned too; none is run, and the transaction can only read.
    const judgement = await judge(sql, "read-write");
    await admit(inspection.session, judgement, on, ctx);
    await ctx.deps.masking.check(inspection.session, judgement.sql);
  };
  const advice = await advise(inspection, given, screen, {
    maxBytes: megabytes * MEGABYTE,
    method,
    timeMs: MOST_MILLISECONDS,
    signal: ctx.signal,
  });
  return data(describeAdvice(advice, QUERY_LENGTH), {
    indexes: advice.chosen.map(({ candidate, gain }) => ({
      sql: definition(candidate),
      bytes: candidate.bytes,
      gain,
    })),
    costed: advice.costed,
    studied: advice.studied.length,
    skipped: advice.skipped.length,
  });
}
