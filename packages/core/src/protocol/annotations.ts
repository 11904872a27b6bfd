import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { since } from "./marks.ts";
import { MetaObject, Role } from "./primitives.ts";

const annotations = define("Annotations", () =>
  s.object({
    audience: s.optional(s.array(Role)),
    priority: s.optional(s.number({ minimum: 0, maximum: 1 })),
    lastModified: since("2025-06-18", s.string()),
  }),
);
/** Hints for showing content: for whom, how important from 0 to 1, and when it last changed (ISO 8601). */
export interface Annotations extends Output<typeof annotations> {}
export const Annotations: Definition<Annotations> = annotations;

/** The field of what carries data of its sender's own, beside requests and results. */
export const metaFields = { _meta: since("2025-06-18", MetaObject) };

/** The fields of everything that carries hints and data of its sender's own. */
export const annotatedFields = { ...metaFields, annotations: s.optional(Annotations) };
