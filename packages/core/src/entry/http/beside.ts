import { corsHeaders } from "../../transport/http/cors.ts";
import type { HttpAnswer, HttpHead, HttpRoute } from "../../transport/http/head.ts";

/** The web page a request comes from, where it comes from one. */
export interface Page {
  readonly origin: string | undefined;
  /** True for a page that may not call the endpoint. */
  readonly isForeign: boolean;
}

/** What changes nothing, so that any page may ask it. */
const READING: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * What the routes beside the endpoint answer; nothing where none has an answer, or not for this page. A route opens
 * itself to every page by an Access-Control-Allow-Origin of its own, as metadata documents must be; the others are
 * for the pages that may call the endpoint.
 */
export async function answerBeside(
  routes: readonly HttpRoute[],
  head: HttpHead,
  { origin, isForeign }: Page,
): Promise<HttpAnswer | undefined> {
  if (isForeign && !READING.has(head.method)) return undefined;
  for (const route of routes) {
    const answer = await route(head);
    if (!answer) continue;
    if (origin === undefined || opensItself(answer)) return answer;
    if (isForeign) return undefined;
    return { ...answer, headers: { ...corsHeaders(origin), ...answer.headers } };
  }
  return undefined;
}

function opensItself({ headers = {} }: HttpAnswer): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === "access-control-allow-origin");
}
