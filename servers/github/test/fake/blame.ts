import type { Answers, Asking } from "./graphql.ts";
import type { FakeRepository } from "./repository.ts";

interface Shown {
  readonly of: FakeRepository;
  readonly sha: string;
}

/** Commits by GraphQL, and whose lines a file has: each line is of the first commit that has it. */
export const blameAnswers: Answers = {
  Repository: {
    object: (of: FakeRepository, { expression }: { expression: string }, _: Asking) => {
      const sha = of.resolve(expression === "HEAD" ? of.defaultBranch : expression);
      if (sha === undefined) return null;
      const tag = of.refs.get(`tags/${expression}`);
      const target = { __typename: "Commit", of, sha };
      return tag !== undefined && of.objects.tags.has(tag) ? { __typename: "Tag", target } : target;
    },
  },
  Commit: {
    blame: ({ of, sha }: Shown, { path }: { path: string }) => ({
      ranges: rangesOf(of, sha, path),
    }),
  },
};

function rangesOf(of: FakeRepository, sha: string, path: string): object[] {
  const history = of.objects.history(sha).reverse();
  return linesAt(of, sha, path).map((line, at) => {
    const oid = history.find((one) => linesAt(of, one, path).includes(line)) ?? sha;
    const { message, author, date } = of.objects.commits.get(oid)!;
    const name = author ?? "Somebody";
    return {
      startingLine: at + 1,
      endingLine: at + 1,
      age: 1,
      commit: {
        oid,
        messageHeadline: message.split("\n")[0],
        committedDate: date,
        author: { name, email: `${name}@example.com`, user: author ? { login: author } : null },
      },
    };
  });
}

function linesAt(of: FakeRepository, sha: string, path: string): string[] {
  const commit = of.objects.commits.get(sha);
  const entry = commit && of.objects.at(commit.tree, path);
  const text = entry && of.objects.blobs.get(entry.sha)?.toString();
  return text?.replace(/\n$/, "").split("\n") ?? [];
}
