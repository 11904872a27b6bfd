import { s } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import { answer, note } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { goOn, noSuchCursor } from "./shared/paging.ts";
import { cursor, limitOf, next, texts } from "./shared/schemas.ts";

const MOST = 1_000;

/** Names the caller's graphs. */
export const listProjects = graphTool({
  name: "list_projects",
  title: "List Projects",
  description:
    "List the projects, each a graph of its own. Tools take one as project; current is the one they use without.",
  input: s.object({ limit: limitOf(MOST), cursor }),
  output: s.object({ current: s.string(), projects: texts, next, note }),
  annotations: READS,
  async run({ limit = MOST, cursor }, { store, scope }) {
    const all = await store.projects(scope.owner);
    // A project stays listed, so that a page begins after the last name of the page before.
    const start = cursor === undefined ? 0 : all.indexOf(cursor) + 1;
    if (cursor !== undefined && start === 0) throw noSuchCursor();
    const projects = new Budget(ANSWER_BYTES).takeFirst(all.slice(start, start + limit));
    const next = start + projects.length < all.length ? projects.at(-1) : undefined;
    const shown = { current: scope.project, projects, ...(next !== undefined && { next }) };
    return answer(JSON.stringify(shown), shown, goOn(next));
  },
});
