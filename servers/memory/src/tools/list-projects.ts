import { s } from "@portico/core";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { texts } from "./shared/schemas.ts";

/** Names the caller's graphs. */
export const listProjects = graphTool({
  name: "list_projects",
  title: "List Projects",
  description:
    "List the projects, each a graph of its own. Tools take one as project; current is the one they use without.",
  input: s.object({}),
  output: s.object({ current: s.string(), projects: texts }),
  annotations: READS,
  async run(_, { store, scope }) {
    return { current: scope.project, projects: await store.projects(scope.owner) };
  },
});
