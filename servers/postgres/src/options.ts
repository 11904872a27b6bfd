import type { OptionSpecs, Values } from "@portico/runner";

/** The flags of this server, beside those every server has. */
export const OPTIONS = {
  "access-mode": {
    type: "string",
    choices: ["read-only", "read-write", "admin", "restricted", "unrestricted"],
    default: "read-only",
    description:
      "What callers may do: read, change rows, or all that the database's user may. restricted is read-only, unrestricted is admin.",
  },
  database: {
    type: "list",
    description: "More databases, as NAME=URL; callers then choose by name.",
  },
  "statement-timeout": {
    type: "integer",
    default: 30,
    description: "Seconds a statement may take.",
  },
  "idle-timeout": {
    type: "integer",
    default: 60,
    description: "Seconds an open transaction or paged query is kept while nobody uses it.",
  },
  "max-connections": {
    type: "integer",
    default: 10,
    description: "Most connections to each database.",
  },
  mask: {
    type: "list",
    description:
      "Columns to hide, as SCHEMA.TABLE.COLUMN=KIND with globs; the first that fits decides. KIND: full, hash, last4, email, null, none.",
  },
  "allow-function": {
    type: "list",
    description: "Functions of your own that callers may use, as schema.name or schema.*.",
  },
  "tools-file": {
    type: "path",
    description: "A JSON file of statements that become tools; it is read again when it changes.",
  },
  yes: { type: "boolean", description: "Run dangerous statements without asking the user first." },
  "role-claim": {
    type: "string",
    description:
      "Over HTTP: the token's claim that names the role to SET; sub is who the caller is.",
  },
  "claims-setting": {
    type: "string",
    description:
      "Over HTTP: the setting that policies read all claims from, as request.jwt.claims.",
  },
} as const satisfies OptionSpecs;

/** What the operator set. */
export type Options = Values<typeof OPTIONS>;
