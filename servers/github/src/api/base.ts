import { parseBaseUrl } from "@portico/remote-api";

/** Where GitHub's two interfaces are. */
export interface Addresses {
  /** REST, without a slash at its end. */
  readonly rest: string;
  readonly graphql: string;
  /** The pages people see, without a slash at its end. */
  readonly pages: string;
}

/**
 * Reads where GitHub is: github.com, a tenant `https://NAME.ghe.com`, or a server of one's own.
 * @param usage how the operator gave it, as `GITHUB_HOST`
 * @throws {TypeError} when it is no https address of a host; plain http is for loopback only
 */
export function parseHost(text: string, usage: string): Addresses {
  const url = parseBaseUrl(text.includes("://") ? text : `https://${text}`, usage);
  if (url.pathname !== "/") throw new TypeError(`${usage} must be a host alone, without a path.`);
  const { host, origin } = url;
  const tenant = /^(?:api\.)?([a-z\d-]+\.ghe\.com|github\.com)$/i.exec(host)?.[1];
  if (tenant !== undefined) {
    const rest = `https://api.${tenant}`;
    return { rest, graphql: `${rest}/graphql`, pages: `https://${tenant}` };
  }
  return { rest: `${origin}/api/v3`, graphql: `${origin}/api/graphql`, pages: origin };
}
