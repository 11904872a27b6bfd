import type { ChangeRecord } from "../graph/types.ts";

/** Actions by the number they are stored as; only ever appended to. */
export const ACTIONS: readonly ChangeRecord["action"][] = [
  "create-entity",
  "delete-entity",
  "add-observation",
  "delete-observation",
  "create-relation",
  "delete-relation",
  "update-entity",
  "merge-entity",
  "restore",
  "import",
];
