import { type Answers, connection, FakeRefusal } from "./graphql.ts";
import { actor, type Home, homeOf } from "./issue-graphql.ts";
import { fromNodeId, nodeId } from "./tracker.ts";

const AT = "2026-01-02T03:04:05Z";

const CATEGORY = { id: "DIC_1", name: "Q&A", description: "Ask", isAnswerable: true };

/** A comment of a discussion, or a reply to one. */
export interface FakeRemark {
  readonly id: number;
  body: string;
  readonly author: string | null;
  readonly replies: FakeRemark[];
}

/** A discussion of a repository of the world. */
export interface FakeDiscussion {
  readonly id: number;
  readonly number: number;
  readonly home: string;
  readonly title: string;
  readonly body: string;
  readonly author: string | null;
  readonly comments: FakeRemark[];
  answer: FakeRemark | undefined;
}

/** The discussions of all repositories. */
export class Forum {
  readonly discussions: FakeDiscussion[] = [];
  #lastId = 5_000;

  add(
    home: string,
    { title = "", body = "", author = null }: Partial<FakeDiscussion> = {},
  ): FakeDiscussion {
    const number = this.discussions.filter((one) => one.home === home).length + 1;
    const id = this.#nextId();
    const made = { id, number, home, title, body, author, comments: [], answer: undefined };
    this.discussions.push(made);
    return made;
  }

  remark(under: FakeRemark[], author: string | null, body: string): FakeRemark {
    const remark = { id: this.#nextId(), author, body, replies: [] };
    under.push(remark);
    return remark;
  }

  /** @throws {FakeRefusal} when there is none */
  find(node: string) {
    const id = fromNodeId("DC", node);
    for (const discussion of this.discussions) {
      for (const list of [discussion.comments, ...discussion.comments.map((one) => one.replies)]) {
        const remark = list.find((one) => one.id === id);
        if (remark) return { remark, list, discussion };
      }
    }
    throw new FakeRefusal(
      "NOT_FOUND",
      `Could not resolve to a node with the global id of '${node}'.`,
    );
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

/** Discussions over GraphQL. */
export const discussionAnswers: Answers = {
  Query: {
    node: (_source, { id }, { world }) => {
      if (!id.startsWith("DC_")) return undefined;
      const { remark, discussion } = world.of(Forum).find(id);
      return remarkNode(remark, discussion);
    },
  },
  Repository: {
    discussions: ({ home }: Home, page, { world }) => {
      const all = world.of(Forum).discussions.filter((one) => one.home === home);
      return connection(all.map(discussionNode), page);
    },
    discussion: ({ home }: Home, { number }, { world }) => {
      const all = world.of(Forum).discussions;
      const found = all.find((one) => one.home === home && one.number === number);
      if (found) return discussionNode(found);
      throw new FakeRefusal(
        "NOT_FOUND",
        `Could not resolve to a Discussion with the number of ${number}.`,
      );
    },
    discussionCategories: () => connection([CATEGORY]),
  },
  Mutation: {
    addDiscussionComment: (_source, { input }, { user, world }) => {
      const forum = world.of(Forum);
      const id = fromNodeId("D", input.discussionId);
      const discussion = forum.discussions.find((one) => one.id === id);
      if (!discussion) throw new FakeRefusal("NOT_FOUND", "Could not resolve to a Discussion.");
      const under = input.replyToId
        ? forum.find(input.replyToId).remark.replies
        : discussion.comments;
      return { comment: remarkNode(forum.remark(under, user.login, input.body), discussion) };
    },
    updateDiscussionComment: (_source, { input }, { world }) => {
      const { remark, discussion } = world.of(Forum).find(input.commentId);
      remark.body = input.body;
      return { comment: remarkNode(remark, discussion) };
    },
    deleteDiscussionComment: (_source, { input }, { world }) => {
      const { remark, list, discussion } = world.of(Forum).find(input.id);
      list.splice(list.indexOf(remark), 1);
      return { comment: remarkNode(remark, discussion) };
    },
    markDiscussionCommentAsAnswer: (_source, { input }, { world }) => {
      const { remark, discussion } = world.of(Forum).find(input.id);
      discussion.answer = remark;
      return { discussion: discussionNode(discussion) };
    },
    unmarkDiscussionCommentAsAnswer: (_source, { input }, { world }) => {
      const { discussion } = world.of(Forum).find(input.id);
      discussion.answer = undefined;
      return { discussion: discussionNode(discussion) };
    },
  },
};

function discussionNode(discussion: FakeDiscussion): object {
  const { home, number, title, body, author, comments } = discussion;
  return {
    __typename: "Discussion",
    id: nodeId("D", discussion.id),
    number,
    title,
    body,
    url: `https://github.com/${home}/discussions/${number}`,
    author: actor(author),
    category: CATEGORY,
    closed: false,
    isAnswered: discussion.answer !== undefined,
    createdAt: AT,
    updatedAt: AT,
    repository: homeOf(home),
    comments: (page: object) =>
      connection(
        comments.map((remark) => remarkNode(remark, discussion)),
        page,
      ),
  };
}

function remarkNode(remark: FakeRemark, discussion: FakeDiscussion): object {
  return {
    __typename: "DiscussionComment",
    id: nodeId("DC", remark.id),
    body: remark.body,
    author: actor(remark.author),
    isAnswer: discussion.answer === remark,
    url: `https://github.com/remark/${remark.id}`,
    createdAt: AT,
    discussion: () => discussionNode(discussion),
    replies: (page: object) =>
      connection(
        remark.replies.map((reply) => remarkNode(reply, discussion)),
        page,
      ),
  };
}
