import { dangerOfWriting } from "../danger.ts";
import type { Fields, Node } from "../parser.ts";
import { everyObject } from "./any-node.ts";

/** What is lost by a statement, in one sentence; nothing when it can be taken back. */
export function dangerOfChange({ type, fields }: Node): string | undefined {
  const said = ALARMS.get(type)?.(fields);
  if (said !== undefined) return said;
  for (const [name, object] of everyObject({ [type]: fields })) {
    const danger = dangerOfWriting({ type: name, fields: object });
    if (danger !== undefined) return danger;
  }
  return undefined;
}

type Alarm = (fields: Fields) => string | undefined;

const ALARMS = new Map<string, Alarm>(
  Object.entries({
    DropStmt: ({ objects, behavior }) => `This drops ${names(objects)}${along(behavior)}.`,
    DropdbStmt: ({ dbname }) => `This drops the whole database ${dbname}.`,
    DropRoleStmt: () => "This drops roles.",
    DropOwnedStmt: () => "This drops everything the roles own.",
    DropTableSpaceStmt: ({ tablespacename }) => `This drops the tablespace ${tablespacename}.`,
    DropSubscriptionStmt: ({ subname }) => `This drops the subscription ${subname}.`,
    DropUserMappingStmt: ({ servername }) => `This drops a user mapping of ${servername}.`,
    TruncateStmt: ({ relations, behavior }) =>
      `This deletes every row of ${names(relations)}${along(behavior)}.`,
    AlterTableStmt: alterTable,
    AlterSystemStmt: () => "This changes a setting of the whole server.",
    DoStmt: () => "This runs code whose effect cannot be seen beforehand.",
    CallStmt: () => "This runs a procedure whose effect cannot be seen beforehand.",
  } satisfies Record<string, Alarm>),
);

function alterTable({ relation, cmds }: Fields): string | undefined {
  const table = String((relation as Fields).relname);
  for (const { AlterTableCmd: command } of cmds as readonly { readonly AlterTableCmd: Fields }[]) {
    if (command.subtype === "AT_DropColumn") {
      return `This drops the column ${command.name} of ${table}${along(command.behavior)}.`;
    }
    if (command.subtype === "AT_DropConstraint") {
      return `This drops the constraint ${command.name} of ${table}${along(command.behavior)}.`;
    }
    if (command.subtype === "AT_AlterColumnType") {
      return `This rewrites the column ${command.name} of ${table} in another type.`;
    }
  }
  return undefined;
}

function along(behavior: unknown): string {
  return behavior === "DROP_CASCADE" ? " and all that depends on it" : "";
}

/** The objects a statement lists: names in parts, relations, or functions with their arguments. */
function names(objects: unknown): string {
  return (objects as readonly Readonly<Record<string, Fields>>[]).map(nameOf).join(", ");
}

function nameOf({
  List,
  RangeVar,
  TypeName,
  ObjectWithArgs,
  String: string,
}: Readonly<Record<string, Fields>>): string {
  if (RangeVar) return [RangeVar.schemaname, RangeVar.relname].filter(Boolean).join(".");
  if (string) return String(string.sval);
  const parts = List?.items ?? TypeName?.names ?? ObjectWithArgs?.objname ?? [];
  return (parts as readonly Readonly<Record<string, Fields>>[]).map(nameOf).join(".");
}
