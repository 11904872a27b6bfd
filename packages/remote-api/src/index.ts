export { countFitting, cutText } from "./answer/budget.ts";
export type { JsonObject, JsonValue } from "./answer/json.ts";
export { parseBaseUrl } from "./http/base-url.ts";
export { boundedFetch } from "./http/bounded-fetch.ts";
export { type Cache, type CacheRules, cache } from "./http/cache.ts";
export { missingCredential, RemoteError, type RemoteFailure } from "./http/failures.ts";
export {
  asFetch,
  type Fetch,
  type Layer,
  layered,
  type Outgoing,
  type Send,
  sendByFetch,
} from "./http/fetch.ts";
export { type PaceRules, pace } from "./http/pace.ts";
export { followRedirects, type RedirectRules } from "./http/redirects.ts";
export { type RetryRules, retry } from "./http/retry.ts";
export { waitAskedFor } from "./http/retry-after.ts";
export { limitSize, withBody } from "./http/size-limit.ts";
export { limitTime } from "./http/time-limit.ts";
export { withoutInvisible } from "./text/invisible.ts";
export { seen, seenIn, untrusted } from "./text/untrusted.ts";
