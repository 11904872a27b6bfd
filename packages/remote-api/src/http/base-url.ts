/**
 * Judges an operator's own address of a service, as of an enterprise host.
 * @param usage how the operator gave it, as `GITHUB_HOST`, for the sentence
 * @throws {TypeError} when it is no https address of a host and a path; plain http is for loopback only
 */
export function parseBaseUrl(text: string, usage: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal =
    url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  const isAllowed = url?.protocol === "https:" || (url?.protocol === "http:" && isLocal);
  if (!url || !isAllowed) {
    throw new TypeError(`${usage} must be an address that begins with https://.`);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new TypeError(
      `${usage} must be a host and a path alone, without user, query or fragment.`,
    );
  }
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}
