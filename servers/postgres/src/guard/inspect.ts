import { dangerOfWriting } from "./danger.ts";
import { checkFunction, isSafe, isWriting } from "./functions/rules.ts";
import { readingGrammar, writingGrammar } from "./grammar.ts";
import type { Fields, Node } from "./parser.ts";
import { refuseNode } from "./reasons.ts";
import { checkRead, checkWritten } from "./relations.ts";
import { checkSettingCall } from "./settings.ts";
import { addUses, named, noUses, relation, type Uses } from "./uses.ts";
import { walk } from "./walk.ts";

/** What a statement was found to do. */
export interface Findings {
  readonly uses: Uses;
  /** Whether it changes rows or sequences, or locks rows, or calls what may. */
  readonly writes: boolean;
  /** What to ask about first: the first thing in it that reaches every row of a table. */
  readonly danger: string | undefined;
  /** Whether it has no literal of text, which some types read by the clock or by names, nor the like. */
  readonly isTimeless: boolean;
}

/** Which nodes a statement may have, and which functions it may call. */
export interface Limits {
  readonly mayWrite: boolean;
  /** Whether functions that write may be called: not by a writing statement that is only planned. */
  readonly mayCallWriting: boolean;
}

const WRITING_NODES = new Set([
  "InsertStmt",
  "UpdateStmt",
  "DeleteStmt",
  "MergeStmt",
  "LockingClause",
]);

/**
 * Looks at every node of a statement.
 * @throws {Refused} at the first that is not allowed
 */
export function inspect(root: Node, { mayWrite, mayCallWriting }: Limits): Findings {
  const uses = noUses();
  let writes = false;
  let danger: string | undefined;
  let isTimeless = true;
  for (const node of walk(root, mayWrite ? writingGrammar : readingGrammar)) {
    refuseNode(node, mayWrite);
    addUses(uses, node);
    checkNode(node, mayCallWriting);
    writes ||= WRITING_NODES.has(node.type) || (mayCallWriting && callsWriting(node));
    danger ??= dangerOfWriting(node);
    isTimeless &&= !isReadOnce(node);
    if (node.type === "RangeVar") addSettings(uses, String(node.fields.relname));
  }
  return { uses, writes, danger, isTimeless };
}

/** What the parse turns into a value or an object for good, without a name that the catalogue is asked about. */
function isReadOnce({ type, fields }: Node): boolean {
  return READ_ONCE.has(type) || (type === "A_Const" && "sval" in fields);
}

const READ_ONCE = new Set(["CollateClause", "RangeTableSample"]);

function checkNode({ type, fields }: Node, mayCallWriting: boolean): void {
  if (type === "RangeVar") checkRead(relation(fields));
  if (type === "FuncCall") {
    const name = named(fields.funcname);
    checkFunction(name, mayCallWriting);
    if (name.name === "current_setting") checkSettingCall(fields);
  }
  if (WRITING_NODES.has(type) && fields.relation) checkWritten(relation(fields.relation as Fields));
}

/** A user's function may write, for all that can be known. */
function callsWriting({ type, fields }: Node): boolean {
  if (type !== "FuncCall") return false;
  const { name } = named(fields.funcname);
  return isWriting(name) || !isSafe(name, false);
}

/** PostgreSQL's own views and tables that show settings. */
function addSettings(uses: Uses, name: string): void {
  if (name === "pg_settings") uses.allSettings = true;
  if (name === "pg_db_role_setting") uses.keptSettings = "all";
  if (name === "pg_roles" || name === "pg_user") uses.keptSettings ??= "roles";
}
