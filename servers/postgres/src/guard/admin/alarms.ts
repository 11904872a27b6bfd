import { dangerOfWriting } from "../danger.ts";
import { hazard } from "../functions/hazards.ts";
import type { Fields, Node } from "../parser.ts";
import { named } from "../uses.ts";
import { everyObject } from "./any-node.ts";

/** What is lost by a statement, in one sentence; nothing when it can be taken back. */
export function dangerOfChange({ type, fields }: Node): string | undefined {
  const said = ALARMS.get(type)?.(fields);
  if (said !== undefined) return said;
  for (const [name, object] of everyObject({ [type]: fields })) {
    const danger =
      dangerOfWriting({ type: name, fields: object }) ??
      dangerOfCalling(object) ??
      dangerOfOption(object);
    if (danger !== undefined) return danger;
  }
  return undefined;
}

function dangerOfCalling({ funcname }: Fields): string | undefined {
  if (!Array.isArray(funcname)) return undefined;
  const { name } = named(funcname);
  const found = hazard(name);
  return found?.loses && `${name}() ${found.does}.`;
}

function dangerOfOption({ defaction, defname }: Fields): string | undefined {
  return defaction === "DEFELEM_DROP" ? `This drops the option ${defname}.` : undefined;
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
    AlterDomainStmt: alterDomain,
    AlterExtensionContentsStmt: ({ action, object, extname }) =>
      action === -1 ? `This takes ${names([object])} out of the extension ${extname}.` : undefined,
    AlterPublicationStmt: ({ action, pubname }) =>
      action === "AP_DropObjects" || action === "AP_SetObjects"
        ? `This takes tables out of the publication ${pubname}.`
        : undefined,
    AlterSubscriptionStmt: ({ kind, publication, subname }) =>
      kind === "ALTER_SUBSCRIPTION_DROP_PUBLICATION"
        ? `This takes ${names(publication)} out of the subscription ${subname}.`
        : undefined,
    AlterTSConfigurationStmt: ({ kind, tokentype, cfgname }) =>
      kind === "ALTER_TSCONFIG_DROP_MAPPING"
        ? `This drops the mapping of ${names(tokentype)} in the text search configuration ${dotted(cfgname)}.`
        : undefined,
    AlterOpFamilyStmt: ({ isDrop, opfamilyname }) =>
      isDrop
        ? `This drops operators or functions of the operator family ${dotted(opfamilyname)}.`
        : undefined,
    AlterSystemStmt: () => "This changes a setting of the whole server.",
    DoStmt: () => "This runs code whose effect cannot be seen beforehand.",
    CallStmt: () => "This runs a procedure whose effect cannot be seen beforehand.",
  } satisfies Record<string, Alarm>),
);

function alterTable({ relation, cmds }: Fields): string | undefined {
  const table = String((relation as Fields).relname);
  for (const { AlterTableCmd: command } of cmds as readonly { readonly AlterTableCmd: Fields }[]) {
    const column = `the column ${command.name} of ${table}`;
    switch (command.subtype) {
      case "AT_DropColumn":
        return `This drops ${column}${along(command.behavior)}.`;
      case "AT_DropConstraint":
        return `This drops the constraint ${command.name} of ${table}${along(command.behavior)}.`;
      case "AT_AlterColumnType":
        return `This rewrites ${column} in another type.`;
      case "AT_DropNotNull":
        return `This drops NOT NULL of ${column}.`;
      case "AT_DropExpression":
        return `This drops the expression of ${column}.`;
      case "AT_DropIdentity":
        return `This drops the identity of ${column}.`;
      case "AT_DetachPartition":
        return `This takes ${partition(command.def)} out of ${table}.`;
      case "AT_DropInherit":
        return `This takes ${table} out of ${names([command.def])}.`;
      case "AT_ColumnDefault":
        if (command.def === undefined) return `This drops the default of ${column}.`;
    }
  }
  return undefined;
}

function partition(def: unknown): string {
  const { PartitionCmd: command } = def as { readonly PartitionCmd: Fields };
  return nameOf({ RangeVar: command.name as Fields });
}

/** The grammar's letters for what is done to a domain. */
function alterDomain({ subtype, typeName, name, def, behavior }: Fields): string | undefined {
  const domain = `the domain ${dotted(typeName)}`;
  if (subtype === "X") return `This drops the constraint ${name} of ${domain}${along(behavior)}.`;
  if (subtype === "N") return `This drops NOT NULL of ${domain}.`;
  if (subtype === "T" && def === undefined) return `This drops the default of ${domain}.`;
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
  return dotted(List?.items ?? TypeName?.names ?? ObjectWithArgs?.objname ?? []);
}

/** A name in parts. */
function dotted(parts: unknown): string {
  return (parts as readonly Readonly<Record<string, Fields>>[]).map(nameOf).join(".");
}
