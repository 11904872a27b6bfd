import { OAuthError } from "../oauth-error.ts";
import { text } from "../outbound/json-fields.ts";
import type { OAuthClient, RegisteredClient } from "../tokens/oauth-client.ts";
import { postTokenRequest } from "../tokens/token-endpoint.ts";
import { boundClient } from "./bound-client.ts";
import { type Grant, type GrantTask, sharedParameters } from "./grant.ts";
import { tradeAssertion } from "./jwt-bearer.ts";

const TOKEN_TYPE = "urn:ietf:params:oauth:token-type:";

/** The identity provider of an organization, where its user has signed in to the client. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  /** This client as the identity provider knows it. */
  readonly client: OAuthClient;
  /** Gets what proves that the user has signed in: an OpenID Connect ID token or a SAML assertion. */
  identity(signal?: AbortSignal): IdentityAssertion | Promise<IdentityAssertion>;
}

/** What an identity provider issued when the user signed in. */
export interface IdentityAssertion {
  readonly type: "id_token" | "saml2";
  readonly value: string;
}

/** What {@link enterpriseManaged} needs. */
export interface EnterpriseManagedOptions {
  readonly identityProvider: IdentityProvider;
  /** This client as the MCP server's authorization server knows it. */
  readonly client: RegisteredClient;
}

/**
 * Tokens for a user whose organization decides what the user may reach, without asking the user again
 * (extension `io.modelcontextprotocol/enterprise-managed-authorization`).
 */
export function enterpriseManaged(options: EnterpriseManagedOptions): Grant {
  const { client, identityProvider } = options;
  return {
    refreshable: false,
    issuer: client.issuer,
    trustedHosts: [new URL(identityProvider.tokenEndpoint).hostname],
    client: (place) => boundClient(client, place),
    async obtain(task) {
      const known = await boundClient(client, task);
      return tradeAssertion(await exchange(identityProvider, task), known, task);
    },
  };
}

/** Has the identity provider state what the user may do at one MCP server (RFC 8693): the ID-JAG. */
async function exchange(provider: IdentityProvider, task: GrantTask): Promise<string> {
  const { type, value } = await provider.identity(task.signal);
  const parameters = {
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    requested_token_type: `${TOKEN_TYPE}id-jag`,
    audience: task.server.issuer,
    ...sharedParameters(task),
    subject_token: value,
    subject_token_type: TOKEN_TYPE + type,
  };
  const { issuer, tokenEndpoint, client } = provider;
  const server = { issuer, tokenEndpoint, authMethods: undefined };
  const fields = await postTokenRequest({ server, client, parameters }, task.send, task.signal);
  const assertion = text(fields, "access_token");
  if (assertion === undefined || fields.issued_token_type !== `${TOKEN_TYPE}id-jag`) {
    throw new OAuthError(
      `The identity provider ${issuer} gave no ID-JAG for ${task.resource}; ask its administrator to allow this MCP server.`,
    );
  }
  return assertion;
}
