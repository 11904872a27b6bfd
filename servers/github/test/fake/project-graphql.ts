import { type Answers, type Asking, connection, FakeRefusal } from "./graphql.ts";
import { Board, type FakeProject } from "./projects.ts";
import { fromNodeId, nodeId } from "./tracker.ts";

const AT = "2026-01-02T03:04:05Z";

/** Views, status updates and new projects over GraphQL. */
export const projectAnswers: Answers = {
  Query: {
    repositoryOwner: (_source, { login }) => ({
      __typename: login === "octo" ? "Organization" : "User",
      login,
      id: nodeId("O", login.length),
    }),
    node: (_source, { id }, { world }) => {
      const [kind] = id.split("_");
      if (!["PVTV", "PVTSU", "PVTI"].includes(kind)) return undefined;
      const wanted = fromNodeId(kind, id);
      for (const project of world.of(Board).projects) {
        const nodes = [...viewNodes(project), ...updateNodes(project), ...itemNodes(project)];
        const found = nodes.find((node) => node.databaseId === wanted);
        if (found) return found;
      }
      throw new FakeRefusal(
        "NOT_FOUND",
        `Could not resolve to a node with the global id of '${id}'.`,
      );
    },
  },
  Organization: { projectV2: projectOf },
  User: { projectV2: projectOf },
  Issue: {
    projectItems: ({ issue }, page, { world }) => {
      const all = world.of(Board).projects.flatMap(itemNodes);
      return connection(
        all.filter(({ content }) => content === issue),
        page,
      );
    },
  },
  Mutation: {
    createProjectV2: (_source, { input }, { world }) => ({
      projectV2: projectNode(world.of(Board).add("octo", input.title)),
    }),
    createProjectV2StatusUpdate: (_source, { input }, { world }) => {
      const board = world.of(Board);
      const id = fromNodeId("PVT", input.projectId);
      const project = board.projects.find((one) => one.id === id);
      if (!project) throw new FakeRefusal("NOT_FOUND", "Could not resolve to a ProjectV2.");
      project.updates.unshift({ id: board.nextId(), body: input.body, status: input.status });
      return { statusUpdate: updateNodes(project)[0] };
    },
  },
};

function projectOf(
  { login }: { login: string },
  { number }: { number: number },
  { world }: Asking,
) {
  const all = world.of(Board).projects;
  const project = all.find((one) => one.owner === login && one.number === number);
  return project ? projectNode(project) : null;
}

function projectNode(project: FakeProject) {
  const { id, number, title, owner } = project;
  return {
    id: nodeId("PVT", id),
    number,
    title,
    url: `https://github.com/orgs/${owner}/projects/${number}`,
    owner: { __typename: owner === "octo" ? "Organization" : "User", login: owner },
    views: (page: object) => connection(viewNodes(project), page),
    statusUpdates: (page: object) => connection(updateNodes(project), page),
  };
}

function viewNodes(project: FakeProject) {
  return project.views.map(({ id, name, layout }, index) => ({
    __typename: "ProjectV2View",
    id: nodeId("PVTV", id),
    databaseId: id,
    number: index + 1,
    name,
    layout: `${layout.toUpperCase()}_LAYOUT`,
    filter: null,
    project: () => projectNode(project),
    fields: () =>
      connection(
        project.fields.map((field) => ({
          __typename: "ProjectV2Field",
          databaseId: field.id,
          name: field.name,
        })),
      ),
  }));
}

function updateNodes(project: FakeProject) {
  return project.updates.map(({ id, body, status }) => ({
    __typename: "ProjectV2StatusUpdate",
    id: nodeId("PVTSU", id),
    databaseId: id,
    body,
    status,
    createdAt: AT,
    creator: { __typename: "User", login: "octocat" },
    project: () => projectNode(project),
  }));
}

function itemNodes(project: FakeProject) {
  return project.items.map(({ id, content }) => ({
    __typename: "ProjectV2Item",
    databaseId: id,
    fullDatabaseId: String(id),
    content,
    project: () => projectNode(project),
  }));
}
