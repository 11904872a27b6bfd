export { CLIENT_CREDENTIALS_EXTENSION, ENTERPRISE_MANAGED_EXTENSION } from "../extensions.ts";
export type { DpopOptions } from "./dpop.ts";
export { type IntrospectionOptions, introspection } from "./introspection.ts";
export { type JwtOptions, jwt } from "./jwt.ts";
export {
  type ResourceServer,
  type ResourceServerOptions,
  resourceServer,
} from "./resource-server.ts";
export { type NewToken, newToken, staticTokens, staticTokensFile } from "./static-tokens.ts";
export { CannotVerify, InvalidToken, type TokenVerifier, type VerifiedToken } from "./token.ts";
