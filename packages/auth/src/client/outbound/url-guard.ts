import { OAuthError } from "../oauth-error.ts";
import { type AddressKind, addressKind } from "./address.ts";

/** Which addresses an MCP server may send its client to. */
export interface UrlGuard {
  /** Checks the words of a URL: its scheme, its host where that is an address, no credentials. */
  check(url: URL): void;
  /** Checks the address that a host's name stands for, before anything connects to it. */
  checkAddress(host: string, address: string): void;
}

/**
 * Guards a client against being made to fetch what only the client can reach (server-side request forgery): the
 * MCP server chooses where metadata is fetched from, and it may be hostile.
 * @param server the MCP server, which may be anywhere; where its URL has an address on loopback or in a private
 * network, others there may be asked too. What its name resolves to says nothing: a hostile server chooses that.
 * @param trustedHosts host names (no port) that the caller vouches for, wherever they are
 */
export function urlGuard(server: URL, trustedHosts: readonly string[]): UrlGuard {
  const trusted = new Set([server.hostname, ...trustedHosts.map((host) => host.toLowerCase())]);
  const kinds = new Set<AddressKind>(["public"]);
  const own = hostKind(server.hostname);
  if (own === "loopback" || own === "private") kinds.add(own);

  const checkKind = (host: string, kind: AddressKind | undefined) => {
    if (kind === undefined || kinds.has(kind) || trusted.has(host)) return;
    throw new OAuthError(
      `The MCP server sends its client to ${host}, a ${kind} address; add it to trustedHosts if that is right.`,
    );
  };
  return {
    check(url) {
      if (!isSecure(url)) {
        throw new OAuthError(
          `The MCP server sends its client to ${url.origin}, which is not https; ask its operator to use https.`,
        );
      }
      if (url.username || url.password) {
        throw new OAuthError(
          `The MCP server sends its client to ${url.host} with a password in the URL; ask its operator to remove it.`,
        );
      }
      checkKind(url.hostname, hostKind(url.hostname));
    },
    checkAddress: (host, address) => checkKind(host, addressKind(address) ?? "reserved"),
  };
}

/** Whether what is sent to `url` stays confidential: https, or http that does not leave this machine. */
export function isSecure(url: URL): boolean {
  // 2026-07-28 basic/authorization/security-considerations: endpoints MUST be served over HTTPS.
  if (url.protocol === "https:") return true;
  return url.protocol === "http:" && hostKind(url.hostname) === "loopback";
}

/** Where a host of a URL leads, as far as its text says. */
function hostKind(host: string): AddressKind | undefined {
  // RFC 6761 section 6.3: these names lead to this machine, whatever a resolver says.
  if (host === "localhost" || host.endsWith(".localhost")) return "loopback";
  return addressKind(host);
}
