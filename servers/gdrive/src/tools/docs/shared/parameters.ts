import { s } from "@portico/core";

/** Which document, and where in it. */
export const which = {
  document_id: s.string({ minLength: 1, description: "Id or address" }),
  tab: s.optional(s.string({ description: "Id of a tab; default the first" })),
};

/** Which state of it. */
export const revision = s.optional(
  s.string({ description: "From read_document; must come with indexes" }),
);

/** Where something goes. */
export const place = {
  index: s.optional(s.integer({ minimum: 1 })),
  after: s.optional(
    s.string({ minLength: 1, maxLength: 2_000, description: "Text that is there once" }),
  ),
};

/** What a change is made to. */
export const part = {
  start: s.optional(s.integer({ minimum: 1 })),
  end: s.optional(s.integer({ minimum: 2, description: "Index after the last character" })),
  text: s.optional(
    s.string({ minLength: 1, maxLength: 2_000, description: "Instead: text that is there once" }),
  ),
};
