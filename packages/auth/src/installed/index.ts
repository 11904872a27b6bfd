export type { AuthorizationPlace } from "../client/grants/authorize.ts";
export { OAuthError } from "../client/oauth-error.ts";
export type { Send } from "../client/outbound/send.ts";
export { loopback } from "../client/redirect/loopback.ts";
export { openBrowser } from "../client/redirect/open-browser.ts";
export type { OAuthClient } from "../client/tokens/oauth-client.ts";
export { accountFile, accountOf } from "./account-file.ts";
export { configFolder } from "./config-folder.ts";
export { type DeviceCode, type DeviceSignInOptions, signInByDevice } from "./device-code.ts";
export { isForPeople } from "./for-people.ts";
export { homePath } from "./home-path.ts";
export { isToken, type SavedTokens } from "./saved-tokens.ts";
export { type AnyFetch, sendBy } from "./send-by.ts";
export { type SignInOptions, signIn } from "./sign-in.ts";
export { parseTokenKey } from "./token-key.ts";
export {
  isSignedOut,
  type Renewal,
  type TokenSession,
  type TokenSessionOptions,
  tokenSession,
} from "./token-session.ts";
export { memoryTokens, type TokenStore, tokenFile } from "./token-store.ts";
export { unlessAborted } from "./unless-aborted.ts";
