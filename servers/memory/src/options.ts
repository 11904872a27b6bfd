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
  "transfer-dir": {
    type: "path",
    env: "MEMORY_TRANSFER_DIR",
    description: "Let callers export to, import from and back up into files of this folder.",
  },
  "embeddings-url": {
    type: "string",
    env: "MEMORY_EMBEDDINGS_URL",
    description:
      "Search by meaning, too: an OpenAI-compatible API, as https://api.openai.com/v1, which is sent what is stored. Its key is read from MEMORY_EMBEDDINGS_KEY.",
  },
  "embeddings-model": {
    type: "string",
    env: "MEMORY_EMBEDDINGS_MODEL",
    description: "The model that --embeddings-url is asked for.",
  },
  export: {
    type: "string",
    description:
      "Write the project's graph to this new file (.jsonl, .json, .md, .graphml), or to standard output when it is jsonl, json, markdown or graphml, and end.",
  },
  import: {
    type: "path",
    description: "Add what is in this file to the project's graph, and end.",
  },
  backup: {
    type: "path",
    description: "Copy the database into this new file, also while a server runs, and end.",
  },
  salvage: {
    type: "path",
    description: "Save what is readable of a damaged database into this new file, and end.",
  },
} as const satisfies OptionSpecs;
