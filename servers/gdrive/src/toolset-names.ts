/** The toolsets by the names operators choose them with. */
export const TOOLSET_NAMES = [
  "files",
  "sharing",
  "comments",
  "revisions",
  "docs",
  "sheets",
  "slides",
] as const;

/** The name of one. */
export type ToolsetName = (typeof TOOLSET_NAMES)[number];
