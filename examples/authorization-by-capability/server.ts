// Lists and runs tools by what the caller may do: who may not use a tool never learns that there is one.
// The rules stand around the handlers, so no model can talk its way past them.
import { resourceServer, staticTokens } from "@portico/auth";
import { defineServer, type HttpOptions, tool } from "@portico/core";
import { authorise } from "@portico/core/middleware/authorise";

const readBalance = tool({
  name: "read_balance",
  description: "Reads the balance.",
  annotations: { readOnlyHint: true },
  run: () => "120 EUR",
});

const transfer = tool({
  name: "transfer",
  description: "Sends everything to the savings account.",
  run: () => "Sent.",
});

const closeAccount = tool({
  name: "close_account",
  description: "Closes the account for good.",
  annotations: { destructiveHint: true },
  run: () => "Closed.",
});

/** Knows nothing of rights. */
export const server = defineServer({
  name: "bank",
  version: "1.0.0",
  tools: [readBalance, transfer, closeAccount],
});

/** A `capability` rule says what exists for whom; a `scope` rule leaves it listed, and asks for more. */
const access = authorise([
  { kind: "capability", tools: ["read_*"] },
  { kind: "capability", to: { scopes: ["owner"] }, tools: ["transfer", "close_account"] },
  { kind: "scope", scopes: ["close"], tools: ["close_account"] },
]);

const tokens = staticTokens(`
  eab570d83bc20d7cbbd8897a6a0e833aec8843d1fa6dd5f4bf0913b89745e42b ada owner
  b8876ea527f9c13285d316c627a5e03bd20b4ede6e785253d9d6ac48c1153f10 ben
`);

/** Who calls is established first; then the rules say what they may do. */
export const options: HttpOptions = {
  ...resourceServer({ resource: "http://127.0.0.1/mcp", tokens }),
  middleware: [access],
};
