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
  "ssh-tunnel": {
    type: "string",
    description: "Machine to reach the databases through, as ssh://user@host; it must be known.",
  },
  "ssh-key": { type: "path", description: "Private key for it; otherwise the SSH agent is asked." },
  "ssh-key-password": {
    type: "string",
    description: "Password of the key; better in the environment than on the command line.",
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
