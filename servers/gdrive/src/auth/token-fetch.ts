import {
  asFetch,
  type Fetch,
  followRedirects,
  layered,
  limitSize,
  limitTime,
  retry,
  sendByFetch,
} from "@portico/remote-api";

const ANSWER_BYTES = 200_000;
const PATIENCE_MS = 20_000;

/** How tokens are asked for: again only where Google did not serve, never elsewhere than asked. */
export function tokenFetch(): Fetch {
  return asFetch(
    layered(sendByFetch, [
      retry({ retries: 2 }),
      limitSize(ANSWER_BYTES),
      followRedirects(),
      limitTime(PATIENCE_MS),
    ]),
  );
}
