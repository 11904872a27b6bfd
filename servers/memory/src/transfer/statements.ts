import { hash } from "node:crypto";
import type { GraphRecord, NewEntity } from "../graph/types.ts";

/** What a file says, such as that an entity has an observation: 64 bits of its digest. */
export type Statement = bigint;

/** The digest of there being an entity of a name. */
export function entityStatement(name: string): Statement {
  return digestOf("entity", name);
}

/** The digest of an entity's type. */
export function typeStatement({ name, entityType }: NewEntity): Statement {
  return digestOf("type", name, entityType);
}

/**
 * What is new in a record: the record without statements that are not; nothing where none is.
 * @param isNew is asked of each statement: of an entity that it is, its type, each observation, mark and unknown field
 */
export function newIn(
  record: GraphRecord,
  isNew: (statement: Statement) => boolean,
): GraphRecord | undefined {
  if (record.kind === "foreign") return isNew(digestOf("line", record.line)) ? record : undefined;
  if (record.kind === "entity") return newInEntity(record, isNew);
  const { kind, from, to, relationType, extra } = record;
  const isNewRelation = isNew(digestOf("relation", from, to, relationType));
  const fields = newFields(extra, (...field) =>
    isNew(digestOf("relation", from, to, relationType, ...field)),
  );
  if (!isNewRelation && fields.extra === undefined) return undefined;
  return { kind, from, to, relationType, ...fields };
}

function newInEntity(
  entity: NewEntity,
  isNew: (statement: Statement) => boolean,
): GraphRecord | undefined {
  const { name, entityType, tags = [], importance, extra } = entity;
  const says = (...statement: unknown[]) => isNew(digestOf(...statement));
  const isNewEntity = isNew(entityStatement(name));
  const isNewType = isNew(typeStatement(entity));
  const observations = entity.observations.filter((text) => says("observation", name, text));
  const newTags = tags.filter((tag) => says("tag", name, tag));
  const isJudged = importance !== undefined && says("importance", name, importance);
  const marks = {
    ...(newTags.length === 0 ? {} : { tags: newTags }),
    ...(isJudged ? { importance } : {}),
    ...newFields(extra, (...field) => says("field", name, ...field)),
  };
  const isOld = !isNewEntity && !isNewType && observations.length === 0;
  if (isOld && Object.keys(marks).length === 0) return undefined;
  return { kind: "entity", name, entityType, observations, ...marks };
}

function newFields(
  extra: NewEntity["extra"] = {},
  isNew: (key: string, value: unknown) => boolean,
): Pick<NewEntity, "extra"> {
  const fields = Object.entries(extra).filter(([key, value]) => isNew(key, value));
  return fields.length === 0 ? {} : { extra: Object.fromEntries(fields) };
}

function digestOf(...statement: unknown[]): Statement {
  return hash("sha256", JSON.stringify(statement), "buffer").readBigUInt64LE();
}
