import { type Layer, withBody } from "@portico/remote-api";

/**
 * GitHub's links to further pages name a repository by its number, which no allow-list can judge. All pages of a list are
 * at the list's own address, so the links lead there.
 */
export const linksByName: Layer = (next) => async (request) => {
  const response = await next(request);
  const links = response.headers.get("link");
  if (links === null) return response;
  const { origin, pathname } = request.url;
  const answer = withBody(response, response.body);
  answer.headers.set("link", links.replaceAll(/<[^>?]*/g, `<${origin}${pathname}`));
  return answer;
};
