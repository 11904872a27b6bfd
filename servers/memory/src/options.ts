import type { OptionSpecs } from "@portico/runner";

/** What an operator can set, besides what every server has. */
export const OPTIONS = {
  file: {
    type: "path",
    env: "MEMORY_FILE_PATH",
    description:
      "The database, as memory.db; a .jsonl file of the official server is read into a .db beside it. Default: memory.db in your data folder.",
  },
  "database-url": {
    type: "string",
    env: "MEMORY_DATABASE_URL",
    description: "Keep the memory in PostgreSQL instead, for more than one machine.",
  },
  project: {
    type: "string",
    env: "MEMORY_PROJECT",
    default: "default",
    description: "The project of calls that name none; each is a graph of its own.",
  },
  salvage: {
    type: "path",
    description: "Save what is readable of a damaged database into this new file, and end.",
  },
} as const satisfies OptionSpecs;
