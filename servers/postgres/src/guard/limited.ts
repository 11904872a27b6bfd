import type { LimitedMode } from "./access-mode.ts";
import { explained } from "./explain.ts";
import { type Findings, inspect, type Limits } from "./inspect.ts";
import type { Judgement } from "./judge.ts";
import type { Node } from "./parser.ts";
import { Refused } from "./refused.ts";
import { checkSetting } from "./settings.ts";
import { kindOf } from "./statements.ts";
import { noUses } from "./uses.ts";

/** All of a judgement that the tree tells. */
export type Verdict = Omit<Judgement, "sql" | "mode">;

/** What each mode lets a statement do that is run. */
const LIMITS: Readonly<Record<LimitedMode, Limits>> = {
  "read-only": { mayWrite: false, mayCallWriting: false },
  "read-write": { mayWrite: true, mayCallWriting: true },
};

/** A statement that is only planned may be one that writes. */
const PLANNED: Readonly<Record<LimitedMode, Limits>> = {
  "read-only": { mayWrite: true, mayCallWriting: false },
  "read-write": { mayWrite: true, mayCallWriting: true },
};

/**
 * Decides about a statement in a mode that allows only what is known to be safe.
 * @throws {Refused}
 */
export function judgeLimited(statement: Node, mode: LimitedMode): Verdict {
  switch (statement.type) {
    case "VariableShowStmt":
      return show(String(statement.fields.name));
    case "ExplainStmt":
      return explain(statement, mode);
    default:
      return rows(statement, LIMITS[mode]);
  }
}

function rows(statement: Node, limits: Limits): Verdict {
  const { type } = statement;
  const kind = kindOf(type);
  if (!ROWS.has(type)) throw new Refused("EXPLAIN is for statements that read or change rows.");
  const { uses, writes, danger, isTimeless }: Findings = inspect(statement, limits);
  const isQuery = kind === "select" && uses.written.length === 0;
  const readOnly = !writes;
  return { kind, readOnly, isQuery, isTimeless, needsNoTransaction: false, danger, uses };
}

const ROWS = new Set(["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"]);

function explain({ fields }: Node, mode: LimitedMode): Verdict {
  const { statement, analyze } = explained(fields);
  const inner = rows(statement, analyze ? LIMITS[mode] : PLANNED[mode]);
  const planned = analyze ? {} : { readOnly: true, danger: undefined };
  return { ...inner, ...planned, kind: "explain", isQuery: false };
}

function show(name: string): Verdict {
  const allSettings = name === "all";
  checkSetting(name);
  return {
    kind: "show",
    readOnly: true,
    isQuery: false,
    isTimeless: false,
    needsNoTransaction: false,
    danger: undefined,
    uses: { ...noUses(), allSettings },
  };
}
