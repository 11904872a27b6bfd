/**
 * The extension of MCP that a client declares whose tokens come from `clientCredentials`, and that a server may declare
 * which takes them.
 */
export const CLIENT_CREDENTIALS_EXTENSION = "io.modelcontextprotocol/oauth-client-credentials";

/** The same for `enterpriseManaged`. */
export const ENTERPRISE_MANAGED_EXTENSION =
  "io.modelcontextprotocol/enterprise-managed-authorization";
