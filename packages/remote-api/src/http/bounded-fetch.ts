import { asFetch, type Fetch, layered, sendByFetch } from "./fetch.ts";
import { followRedirects } from "./redirects.ts";
import { retry } from "./retry.ts";
import { limitSize } from "./size-limit.ts";
import { limitTime } from "./time-limit.ts";

const ANSWER_BYTES = 200_000;
const PATIENCE_MS = 20_000;

/** A `fetch` for seldom and small requests, as for tokens: sent again only where the service did not serve. */
export function boundedFetch(): Fetch {
  return asFetch(
    layered(sendByFetch, [
      retry({ retries: 2 }),
      limitSize(ANSWER_BYTES),
      followRedirects(),
      limitTime(PATIENCE_MS),
    ]),
  );
}
