// Lets each caller read what is its own and what is for all; URIs of others are unknown to it.
// One rule about URIs covers lists, reads, completions and subscriptions, so no handler can forget to check.
import { resourceServer, staticTokens } from "@portico/auth";
import { defineServer, type HttpOptions, resource, resourceTemplate } from "@portico/core";
import { authorise } from "@portico/core/middleware/authorise";

const letters = new Map([
  ["ada", "Dear Ada, the engine works."],
  ["ben", "Dear Ben, it does not."],
]);
const people = [...letters.keys()];

const notices = resource({
  uri: "post://notices/today",
  name: "Notices",
  description: "What hangs on the board today.",
  read: () => "The post office closes at five.",
});

const letter = resourceTemplate({
  uriTemplate: "post://letters/{person}",
  name: "A letter",
  description: "The letter that waits for a person.",
  complete: { person: people },
  async list() {
    return { items: people.map((person) => ({ uri: `post://letters/${person}`, name: person })) };
  },
  read: ({ person = "" }) => letters.get(person),
});

/** Has a letter for everybody, and would give it to anybody. */
export const server = defineServer({
  name: "post-office",
  version: "1.0.0",
  resources: [notices, letter],
});

/** `{principal}` is the caller's id, percent-encoded. */
const access = authorise([
  { kind: "resource", uris: ["post://notices/*", "post://letters/{principal}"] },
]);

const tokens = staticTokens(`
  eab570d83bc20d7cbbd8897a6a0e833aec8843d1fa6dd5f4bf0913b89745e42b ada
  b8876ea527f9c13285d316c627a5e03bd20b4ede6e785253d9d6ac48c1153f10 ben
`);

/** Who calls is established first; then the rules say what they may do. */
export const options: HttpOptions = {
  ...resourceServer({ resource: "http://127.0.0.1/mcp", tokens }),
  middleware: [access],
};
