import type { RegisteredClient } from "../tokens/oauth-client.ts";
import { requestTokens } from "../tokens/token-endpoint.ts";
import { boundClient } from "./bound-client.ts";
import { type Grant, sharedParameters } from "./grant.ts";

/**
 * Tokens in the client's own name, without a user (extension `io.modelcontextprotocol/oauth-client-credentials`).
 * @param client with a secret or, better, a signing key
 */
export function clientCredentials(client: RegisteredClient): Grant {
  return {
    refreshable: false,
    issuer: client.issuer,
    client: (place) => boundClient(client, place),
    async obtain(task) {
      const { server, dpop, send, signal } = task;
      const parameters = { grant_type: "client_credentials", ...sharedParameters(task) };
      const known = await boundClient(client, task);
      return requestTokens({ server, client: known, parameters, dpop }, send, signal);
    },
  };
}
