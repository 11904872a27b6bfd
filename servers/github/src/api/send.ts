import {
  cache,
  followRedirects,
  type Layer,
  layered,
  limitSize,
  limitTime,
  pace,
  type Send,
  sendByFetch,
} from "@portico/remote-api";
import type { AllowList } from "../bounds/allow-list.ts";
import { stayInside } from "../bounds/stay-inside.ts";
import { isLimitedShortly, keepSilent, limitOf, nameSecondaryLimit } from "./limits.ts";
import { linksByName } from "./links.ts";

/** Bytes of one answer: logs and archives are the largest. */
const ANSWER_BYTES = 50_000_000;
const PATIENCE_MS = 60_000;
const MOST_ATTEMPTS = 6;

/** Where GitHub keeps files that it sends its callers to, and which get no credential. */
const FILE_HOSTS =
  /^(?:codeload\.github\.com|[\w.-]+\.githubusercontent\.com|productionresultssa\d+\.blob\.core\.windows\.net)$/;

/** How requests go to GitHub: each of these layers does its part for all of them. */
export function gitHubSend(allowed: AllowList): Send {
  return layered(sendByFetch, [
    cache({ vary: ["authorization", "accept"] }),
    linksByName,
    askAgain,
    pace({ concurrency: 10, isRefused: isLimitedShortly, credential: limitOf }),
    keepSilent,
    limitSize(ANSWER_BYTES),
    followRedirects({ allows: ({ hostname }) => FILE_HOSTS.test(hostname) }),
    nameSecondaryLimit,
    stayInside(allowed),
    limitTime(PATIENCE_MS),
  ]);
}

/** Sends again what came too fast. The queue below holds it back as long as GitHub asks, at the place it came with. */
const askAgain: Layer = (next) => async (request) => {
  for (let attempt = 1; ; attempt++) {
    const response = await next(request);
    if (!isLimitedShortly(response) || attempt === MOST_ATTEMPTS) return response;
    await response.body?.cancel();
  }
};
