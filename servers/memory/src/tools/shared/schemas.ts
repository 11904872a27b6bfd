import { type OptionalSchema, type Schema, s } from "@portico/core";
import { note } from "./answer.ts";

/** The argument that names a graph other than the server's own. */
export const project: OptionalSchema<string> = s.optional(s.string());

/** The argument that reads the graph as it was. */
export const at: OptionalSchema<string> = s.optional(
  s.string({ description: "Read as of this ISO time" }),
);

/** The argument by which a caller gets what did not fit before. */
export const cursor: OptionalSchema<string> = s.optional(
  s.string({ description: "next of the last answer" }),
);

/** Where a list goes on; absent at its end. */
export const next: OptionalSchema<string> = s.optional(s.string());

/** Whether something may be missing because not everything was searched; absent otherwise. */
export const cut: OptionalSchema<boolean> = s.optional(s.boolean());

/** How many things one answer has at most. */
export const limitOf = (maximum: number, initial?: number): OptionalSchema<number> =>
  s.optional(s.integer({ minimum: 1, maximum, ...(initial && { default: initial }) }));

/** Several texts, such as names. */
export const texts: Schema<string[]> = s.array(s.string());

/** A relation, as an argument and in answers. */
export const relation: Schema<{ from: string; to: string; relationType: string }> = s.object({
  from: s.string(),
  to: s.string(),
  relationType: s.string(),
});

/** An entity in an answer, as the official server writes it. */
export const entity: Schema<{ name: string; entityType: string; observations: string[] }> =
  s.object({ name: s.string(), entityType: s.string(), observations: texts });

/** The output of tools that answer with a part of the graph. */
export const graphOutput = s.object({
  entities: s.array(entity),
  relations: s.array(relation),
  next,
  note,
});
