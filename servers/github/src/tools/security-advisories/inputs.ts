import { s } from "@portico/core";

/** How advisories of repositories are chosen and sorted. */
export const repositoryAdvisories = {
  state: s.optional(s.enum(["triage", "draft", "published", "closed"])),
  sort: s.optional(s.enum(["created", "updated", "published"])),
  direction: s.optional(s.enum(["asc", "desc"])),
};
