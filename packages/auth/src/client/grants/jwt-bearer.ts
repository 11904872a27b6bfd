import type { OAuthClient } from "../tokens/oauth-client.ts";
import { requestTokens, type Tokens } from "../tokens/token-endpoint.ts";
import { type GrantTask, sharedParameters } from "./grant.ts";

/** Trades an assertion that the authorization server trusts for tokens (RFC 7523 section 2.1). */
export function tradeAssertion(
  assertion: string,
  client: OAuthClient,
  task: GrantTask,
): Promise<Tokens> {
  const { server, dpop, send, signal } = task;
  const parameters = {
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    assertion,
    ...sharedParameters(task),
  };
  return requestTokens({ server, client, parameters, dpop }, send, signal);
}
