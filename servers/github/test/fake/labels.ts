import { json, notFound, nothing, refuse } from "./answers.ts";
import type { FakeRoutes } from "./github.ts";
import { type Answers, connection, FakeRefusal } from "./graphql.ts";
import { inside, writing } from "./repos.ts";
import type { FakeLabel, FakeRepository } from "./repository.ts";

/** Labels by REST. */
export const labelsRoutes: FakeRoutes = {
  "GET /repos/:owner/:repo/labels/*name": inside(({ labels }, { params }) => {
    const label = labels.get(params.name!);
    return label ? json(labelShown(label)) : notFound;
  }),
  "POST /repos/:owner/:repo/labels": writing(({ labels }, { body }) => {
    const { name, color, description = "" } = body;
    const errors = [{ resource: "Label", code: "already_exists", field: "name" }];
    if (labels.has(name)) return refuse(422, "Validation Failed", { errors });
    const label = { name, color, description, issues: 0 };
    labels.set(name, label);
    return json(labelShown(label), 201);
  }),
  "PATCH /repos/:owner/:repo/labels/*name": writing(({ labels }, { params, body }) => {
    const label = labels.get(params.name!);
    if (!label) return notFound;
    const { new_name: name = label.name, ...changes } = body;
    labels.delete(params.name!);
    labels.set(name, Object.assign(label, changes, { name }));
    return json(labelShown(label));
  }),
  "DELETE /repos/:owner/:repo/labels/*name": writing(({ labels }, { params }) =>
    labels.delete(params.name!) ? nothing : notFound,
  ),
};

interface RepositoryArguments {
  readonly owner: string;
  readonly name: string;
}

/** Labels by GraphQL, by name. */
export const labelAnswers: Answers = {
  Query: {
    repository: (_, { owner, name }: RepositoryArguments, { user, world }) => {
      const found = world.seenBy(user, owner, name);
      if (found) return found;
      throw new FakeRefusal(
        "NOT_FOUND",
        `Could not resolve to a Repository with the name '${owner}/${name}'.`,
      );
    },
  },
  Repository: {
    labels: ({ labels }: FakeRepository, args: Parameters<typeof connection>[1]) => {
      const sorted = [...labels.values()].sort((a, b) => a.name.localeCompare(b.name));
      return connection(
        sorted.map((label) => ({
          ...label,
          id: `LA_${label.name}`,
          issues: { totalCount: label.issues },
        })),
        args,
      );
    },
  },
};

function labelShown({ name, color, description }: FakeLabel): object {
  return { id: 1, node_id: `LA_${name}`, name, color, description, default: false };
}
