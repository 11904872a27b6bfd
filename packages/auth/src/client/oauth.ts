import type { RequestSigner, RequestToSign, SignatureRefused } from "@portico/core";
import { type Demand, demandOf } from "./discovery/challenge.ts";
import type { Grant } from "./grants/grant.ts";
import { OAuthError } from "./oauth-error.ts";
import { sender } from "./outbound/send.ts";
import { isSecure, urlGuard } from "./outbound/url-guard.ts";
import { Session } from "./session.ts";
import type { Granted } from "./store/granted.ts";
import { memoryStore, type SecretStore } from "./store/secret-store.ts";

/** What {@link oauth} needs. */
export interface OAuthOptions {
  /** The MCP server's URL: tokens go nowhere else. */
  readonly server: string | URL;
  /** How tokens are come by. */
  readonly grant: Grant;
  /** Where tokens, registrations and keys are kept. Default: in memory. */
  readonly store?: SecretStore;
  /** Host names that metadata may be fetched from although they lead to loopback or a private network. */
  readonly trustedHosts?: readonly string[];
  /**
   * Sends the client's own requests for metadata and tokens, where a proxy is needed or there is no Node. The
   * addresses that names stand for are then not checked. Default: Node's client, which checks them.
   */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * Signs requests to one MCP server with tokens that it comes by when the server asks for them (basic/authorization
 * of every revision).
 * @throws {TypeError} when the server's URL is not https, nor on this machine
 */
export function oauth(options: OAuthOptions): RequestSigner {
  const { grant, store = memoryStore(), fetch } = options;
  const server = new URL(options.server);
  if (!isSecure(server)) {
    throw new TypeError(`Tokens must not be sent in the clear: use https for ${server.origin}.`);
  }
  const trusted = [...(options.trustedHosts ?? []), ...(grant.trustedHosts ?? [])];
  const send = sender(urlGuard(server, trusted), fetch);
  const session = new Session({ server, grant, store, send });
  const steppedUp = new Set<string>();

  return {
    async sign(request, signal) {
      checkOrigin(request, server);
      const granted = await session.current(signal);
      return granted ? signature(granted, session, request) : {};
    },
    async refused(refusal, signal) {
      checkOrigin(refusal, server);
      const demand = demandOf(refusal.headers);
      if (await wantsNonce(refusal, session)) return true;
      if (refusal.status === 403 && !isStepUp(demand)) return false;
      if (refusal.status !== 401 && refusal.status !== 403) return false;
      const used = refusal.signed.authorization;
      if (refusal.status === 403) limitStepUps(demand, session.granted, used, steppedUp);
      await session.satisfy(demand, (other) => suffices(other, used, demand), signal);
      return true;
    },
  };
}

function checkOrigin({ url }: RequestToSign, server: URL): void {
  // 2026-07-28 basic/authorization: tokens MUST NOT go to a server they were not issued for.
  if (url.origin === server.origin) return;
  throw new OAuthError(
    `Tokens for ${server.origin} are not sent to ${url.origin}; connect to that server by its own URL.`,
  );
}

async function signature(granted: Granted, session: Session, { method, url }: RequestToSign) {
  const authorization = authorizationOf(granted);
  if (granted.tokenType === "Bearer") return { authorization };
  const key = await session.dpopKey(granted.server.issuer);
  const { accessToken } = granted;
  return { authorization, dpop: await key.proof({ method, url, accessToken }) };
}

function authorizationOf({ tokenType, accessToken }: Granted): string {
  return `${tokenType} ${accessToken}`;
}

/** Whether tokens that are not the refused ones are worth a try. */
function suffices(other: Granted, used: string | undefined, { scopes }: Demand): boolean {
  if (authorizationOf(other) === used) return false;
  return scopes?.every((scope) => other.requested.includes(scope)) ?? true;
}

/** RFC 9449 section 9: the MCP server wants its nonce in the proof, and nothing else. */
async function wantsNonce(refusal: SignatureRefused, session: Session): Promise<boolean> {
  const { headers, signed, url } = refusal;
  const nonce = headers.get("dpop-nonce");
  if (!nonce || !signed.dpop || !session.granted) return false;
  const key = await session.dpopKey(session.granted.server.issuer);
  key.takeNonce(url.origin, headers);
  const { decodeJwt } = await import("jose");
  const challenged = demandOf(headers).error === "use_dpop_nonce";
  return challenged && decodeJwt(signed.dpop).nonce !== nonce;
}

/** 2026-07-28 basic/authorization, scope challenge handling: a 403 that more scopes can turn. */
function isStepUp({ error, scopes }: Demand): boolean {
  return error === "insufficient_scope" && scopes !== undefined;
}

/**
 * Asks for the same scopes once more at most: clients SHOULD track what they asked for, or a server that is never
 * content has a user authorize for ever.
 */
function limitStepUps(
  { scopes = [] }: Demand,
  granted: Granted | undefined,
  used: string | undefined,
  steppedUp: Set<string>,
): void {
  const current = granted && authorizationOf(granted) === used;
  if (!current || scopes.some((scope) => !granted.requested.includes(scope))) return;
  const wanted = [...scopes].sort().join(" ");
  if (steppedUp.has(wanted)) {
    throw new OAuthError(
      `The MCP server wants the scope ${printable(wanted)}, which was asked for and not granted; ask the server's operator for access.`,
      "insufficient_scope",
    );
  }
  steppedUp.add(wanted);
}

/** RFC 6749 section 3.3: what a scope may consist of; anything else is not printed. */
function printable(scopes: string): string {
  return scopes.replace(/[^\x21\x23-\x5b\x5d-\x7e ]/g, "?").slice(0, 200);
}
