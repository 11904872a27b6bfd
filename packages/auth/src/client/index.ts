export { CLIENT_CREDENTIALS_EXTENSION, ENTERPRISE_MANAGED_EXTENSION } from "../extensions.ts";
export type { AuthorizationServer } from "./discovery/authorization-server.ts";
export { type AuthorizationCodeOptions, authorizationCode } from "./grants/authorization-code.ts";
export { clientCredentials } from "./grants/client-credentials.ts";
export {
  type EnterpriseManagedOptions,
  enterpriseManaged,
  type IdentityAssertion,
  type IdentityProvider,
} from "./grants/enterprise-managed.ts";
export type { Grant, GrantPlace, GrantTask } from "./grants/grant.ts";
export type { ClientDescription } from "./grants/registration.ts";
export { type WorkloadIdentityOptions, workloadIdentity } from "./grants/workload-identity.ts";
export { type OAuthOptions, oauth } from "./oauth.ts";
export { OAuthError } from "./oauth-error.ts";
export type { Outbound, Reply, Send } from "./outbound/send.ts";
export { type HeadlessOptions, headless } from "./redirect/headless.ts";
export { type LoopbackOptions, loopback } from "./redirect/loopback.ts";
export { openBrowser } from "./redirect/open-browser.ts";
export type { Redirect, RedirectHandler } from "./redirect/redirect.ts";
export { type FileStoreOptions, fileStore } from "./store/file-store.ts";
export { memoryStore, type SecretStore } from "./store/secret-store.ts";
export type { DpopKey } from "./tokens/dpop.ts";
export type {
  AuthMethod,
  OAuthClient,
  RegisteredClient,
  SigningKey,
} from "./tokens/oauth-client.ts";
export {
  requestTokens,
  type TokenEndpoint,
  type TokenRequest,
  type Tokens,
} from "./tokens/token-endpoint.ts";
