/** The attributes of the GraphML we write: what each is for, and the type GraphML gives it. */
export const KEYS = [
  { id: "name", for: "node", name: "label", type: "string" },
  { id: "type", for: "node", name: "entityType", type: "string" },
  { id: "observations", for: "node", name: "observations", type: "string" },
  { id: "tags", for: "node", name: "tags", type: "string" },
  { id: "importance", for: "node", name: "importance", type: "double" },
  { id: "missing", for: "node", name: "missing", type: "boolean" },
  { id: "relation", for: "edge", name: "label", type: "string" },
  { id: "fields", for: "all", name: "fields", type: "string" },
  { id: "exact", for: "all", name: "exact", type: "string" },
  { id: "foreign", for: "graph", name: "foreign", type: "string" },
] as const;

/** Which attribute. */
export type KeyId = (typeof KEYS)[number]["id"];
