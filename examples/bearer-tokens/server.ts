// Lets in only callers with a token, and knows each by name.
// For scripts and machines: nobody has to sign in, and no authorization server is needed.
import { resourceServer, staticTokens } from "@portico/auth";
import { defineServer, type HttpOptions, tool } from "@portico/core";

const whoami = tool({
  name: "whoami",
  description: "Says who calls.",
  annotations: { readOnlyHint: true },
  run: (_, { principal }) => `${principal?.id} may ${principal?.scopes?.join(" and ")}.`,
});

/** Knows its callers. */
export const server = defineServer({ name: "callers", version: "1.0.0", tools: [whoami] });

/**
 * A digest, an id and scopes: who reads a line cannot call with it. Lines like these come from
 * `portico-auth new-token`, which shows the token once; `staticTokensFile(path)` reads them from a file.
 */
const tokens = staticTokens(`
  eab570d83bc20d7cbbd8897a6a0e833aec8843d1fa6dd5f4bf0913b89745e42b ada read write
  b8876ea527f9c13285d316c627a5e03bd20b4ede6e785253d9d6ac48c1153f10 ben read
`);

/** Answers 401 to everybody else. `resource` is the address clients know the server by. */
export const options: HttpOptions = resourceServer({ resource: "http://127.0.0.1/mcp", tokens });
