import { expect, test } from "vitest";
import {
  type Answers,
  answerGraphql,
  complaintsAbout,
  connection,
  FakeRefusal,
} from "./graphql.ts";
import { World } from "./world.ts";

const TITLES = `query ($owner: String!, $repo: String!, $after: String) {
  viewer { login }
  repository(owner: $owner, name: $repo) {
    issues(first: 2, after: $after) { nodes { title } totalCount pageInfo { hasNextPage endCursor } }
  }
}`;

const hello: Answers = {
  Query: {
    viewer: (_source, _args, { user }) => user,
    repository: (_source, { name }) => {
      if (name !== "hello")
        throw new FakeRefusal("NOT_FOUND", "Could not resolve to a Repository.");
      return { name };
    },
  },
  Repository: {
    issues: (_source, page) => connection([{ title: "a" }, { title: "b" }, { title: "c" }], page),
  },
};

const ask = (variables: Readonly<Record<string, unknown>>, query = TITLES) =>
  answerGraphql({ query, variables }, [hello], {
    user: { login: "octocat" },
    world: new World(),
  });

test("pages follow one another by their cursors", async () => {
  const first = await ask({ owner: "o", repo: "hello" });
  expect(first).toMatchObject({
    data: {
      viewer: { login: "octocat" },
      repository: { issues: { nodes: [{ title: "a" }, { title: "b" }], totalCount: 3 } },
    },
  });
  const { endCursor: after } = (
    first.data as { repository: { issues: { pageInfo: { endCursor: string } } } }
  ).repository.issues.pageInfo;
  expect(await ask({ owner: "o", repo: "hello", after })).toMatchObject({
    data: { repository: { issues: { nodes: [{ title: "c" }], pageInfo: { hasNextPage: false } } } },
  });
});

test("an unknown object is null with the type GitHub gives its error", async () => {
  expect(await ask({ owner: "o", repo: "other" })).toMatchObject({
    data: { repository: null },
    errors: [{ type: "NOT_FOUND", path: ["repository"] }],
  });
});

test("a document that does not fit GitHub's schema is refused whole", async () => {
  const query = "query { viewer { shoeSize } }";
  expect(complaintsAbout(query)).toEqual(['Cannot query field "shoeSize" on type "User".']);
  expect((await ask({}, query)).data).toBeUndefined();
});
