import type { PromptValue } from "@portico/core";
import type { Deps } from "../deps.ts";
import { designIndexPrompt } from "./design-index.ts";
import { explainQueryPrompt } from "./explain-query.ts";
import { reviewMigrationPrompt } from "./review-migration.ts";

/** What people ask about a database again and again. */
export const postgresPrompts: readonly PromptValue<Deps>[] = [
  explainQueryPrompt,
  designIndexPrompt,
  reviewMigrationPrompt,
];
