import type { HttpHead } from "./head.ts";

/** Which names a server answers to, and which web pages may call it. */
export interface SiteRules {
  /**
   * Names in the Host header beyond those of this machine itself: `mcp.example.com` on any port,
   * `mcp.example.com:8443` on that port, `*` for all.
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Pages that may call beside the server's own and this machine's, such as `https://app.example.com`; `*` for all. */
  readonly allowedOrigins?: readonly string[] | undefined;
}

/** The names by which a machine reaches itself. */
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** An IP address as a Host header writes it. */
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\])$/i;

/**
 * Keeps web pages away from a server that is not theirs. A page that made its name point at this machine is
 * known by its Host, a page that calls from elsewhere by its Origin
 * (basic/transports: servers MUST validate Origin, and answer 403).
 */
export class SiteGuard {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  /** The name that was last found allowed: nearly every request has the same. */
  #known: string | undefined;

  constructor({ allowedHosts = [], allowedOrigins = [] }: SiteRules) {
    this.#hosts = new Set(allowedHosts.map((host) => host.toLowerCase()));
    this.#origins = new Set(allowedOrigins.map((origin) => origin.toLowerCase()));
  }

  /** True when the server may be called by this name, the value of a Host header. */
  allowsHost(host: string | undefined): boolean {
    if (this.#hosts.has("*")) return true;
    if (host === undefined || host === this.#known) return host !== undefined;
    const authority = host.toLowerCase();
    const name = withoutPort(authority);
    const allowed = LOOPBACK.has(name) || this.#hosts.has(name) || this.#hosts.has(authority);
    if (allowed) this.#known = host;
    return allowed;
  }

  /**
   * True when what lies beside the endpoint may be asked under this name. A page can point a name at this machine,
   * but not an address; those who only look after it, as an orchestrator does, often call it by that.
   */
  allowsHostBeside(host: string | undefined): boolean {
    return this.allowsHost(host) || (host !== undefined && ADDRESS.test(withoutPort(host)));
  }

  /** True when a page of `origin`, the value of an Origin header, may send the request with this head. */
  allowsOrigin(head: HttpHead, origin: string): boolean {
    const page = origin.toLowerCase();
    if (this.#origins.has("*") || this.#origins.has(page)) return true;
    const authority = /^https?:\/\/([^/?#@\\]+)$/.exec(page)?.[1];
    if (authority === undefined) return false;
    if (LOOPBACK.has(withoutPort(authority))) return true;
    // The server's own page, whatever scheme a proxy in front of it takes off.
    const host = head.header("host");
    return authority === host?.toLowerCase() && this.allowsHost(host);
  }
}

function withoutPort(authority: string): string {
  return authority.replace(/:\d+$/, "");
}
