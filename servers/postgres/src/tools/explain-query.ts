import { type Output, s, ToolError } from "@portico/core";
import { explainGeneric } from "../explain/generic.ts";
import { METHODS, withIndexes } from "../explain/hypothetical.ts";
import { judge } from "../guard/judge.ts";
import { parse } from "../guard/parser.ts";
import { PAGE_BYTES } from "../rows/page.ts";
import { placeholders } from "../statement/placeholders.ts";
import { shifted } from "../statement/shifted.ts";
import { admit } from "./shared/admit.ts";
import { data } from "./shared/answer.ts";
import { databaseTool } from "./shared/database-tool.ts";
import { parametersOf, params } from "./shared/statement.ts";

const index = s.object({
  table: s.string({ description: "Table, or schema.table" }),
  columns: s.array(s.string(), { minItems: 1 }),
  using: s.optional(s.enum(METHODS, { default: "btree" })),
});

const input = s.object({
  sql: s.string({ description: "The statement alone, without EXPLAIN" }),
  params,
  analyze: s.optional(
    s.boolean({ default: false, description: "Run it and measure; only what cannot write" }),
  ),
  buffers: s.optional(s.boolean({ default: false, description: "Show what was read from where" })),
  format: s.optional(s.enum(["text", "json"], { default: "text" })),
  hypothetical_indexes: s.optional(
    s.array(index, { description: "Plan as if these existed (needs HypoPG; not with analyze)" }),
  ),
});

type Asked = Output<typeof input>;

/** Shows how PostgreSQL would run a statement. */
export const explainQuery = databaseTool({
  name: "explain_query",
  title: "Explain Query",
  description:
    "Show the plan of a statement: what PostgreSQL would do and what it expects it to cost. Placeholders $1, $2, … without params are planned for any value.",
  input,
  annotations: { readOnlyHint: true, idempotentHint: true },
  async run(asked, on, ctx) {
    const { sql, params: values, hypothetical_indexes: indexes = [], analyze = false } = asked;
    if (analyze && indexes.length > 0) {
      throw new ToolError("An index that is not there cannot be measured; leave analyze out.");
    }
    // By itself first: in errors, places are then those of the caller's own text.
    const [alone] = await parse(sql);
    if (alone?.type === "ExplainStmt") throw new ToolError(WITHOUT_EXPLAIN);
    const prefix = `EXPLAIN (${optionsOf(asked)}) `;
    const judgement = await judge(prefix + sql, "read-only");
    const count = values === undefined ? await placeholders(sql) : 0;
    if (count > 0 && analyze) throw new ToolError("Give params: what is run needs its values.");
    const { rows } = await on.read(async (session) => {
      const admitted = await admit(session, judgement, on, ctx);
      const statement = judgement.sql.slice(prefix.length);
      const explain = () =>
        count > 0
          ? explainGeneric(session, admitted, { explain: prefix, statement, count })
          : shifted(-prefix.length, () => admitted.query(judgement.sql, parametersOf(values)));
      return indexes.length === 0 ? explain() : withIndexes(session, indexes, explain);
    });
    return planReply(rows.map(([line]) => line).join("\n"));
  },
});

const WITHOUT_EXPLAIN =
  "Give the statement alone, without EXPLAIN; its options are the arguments analyze, buffers and format.";

function optionsOf({ analyze, buffers, format = "text" }: Asked): string {
  return [
    `FORMAT ${format}`,
    ...(analyze ? ["ANALYZE"] : []),
    ...(buffers ? ["BUFFERS"] : []),
  ].join(", ");
}

function planReply(plan: string) {
  if (plan.length <= PAGE_BYTES) return data(plan, undefined);
  const shown = plan.slice(0, PAGE_BYTES).toWellFormed();
  return data(shown, undefined, "The plan is longer than an answer may be and was cut.");
}
