import { setTimeout as pause } from "node:timers/promises";
import { OAuthError } from "../client/oauth-error.ts";
import { text } from "../client/outbound/json-fields.ts";
import type { Send } from "../client/outbound/send.ts";
import type { OAuthClient } from "../client/tokens/oauth-client.ts";
import {
  postTokenRequest,
  requestTokens,
  type TokenEndpoint,
  type Tokens,
} from "../client/tokens/token-endpoint.ts";
import { renewedTokens, type SavedTokens } from "./saved-tokens.ts";

/** What a user types on some device, and where. */
export interface DeviceCode {
  readonly userCode: string;
  readonly page: URL;
}

/** What {@link signInByDevice} needs. */
export interface DeviceSignInOptions {
  readonly server: TokenEndpoint;
  /** Where codes are given out. */
  readonly deviceEndpoint: string;
  readonly client: OAuthClient;
  readonly scopes: readonly string[];
  readonly send: Send;
  /** Shows the code to the user. */
  readonly show: (code: DeviceCode) => void;
  readonly signal: AbortSignal;
  /** Waits some milliseconds. Default: real ones. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** RFC 8628 section 3.5: of a service that names no interval, and what `slow_down` adds, in seconds. */
const STEP = 5;

const waitReally = (milliseconds: number, signal: AbortSignal) =>
  pause(milliseconds, undefined, { signal });

/**
 * Signs a user in who has a browser on another device (RFC 8628).
 * @throws {OAuthError} when the user or the service says no, or the code was not typed in time
 */
export async function signInByDevice(options: DeviceSignInOptions): Promise<SavedTokens> {
  const { server, deviceEndpoint, scopes, send, signal, wait = waitReally } = options;
  // RFC 8628 section 3.1: the client names itself; its secret is not part of this grant.
  const client: OAuthClient = { clientId: options.client.clientId, authMethod: "none" };
  const parameters = { scope: scopes.join(" ") || undefined };
  const request = { server: { ...server, tokenEndpoint: deviceEndpoint }, client, parameters };
  const fields = await postTokenRequest(request, send, signal);
  const { deviceCode, ...code } = readCode(fields, server);
  options.show(code);
  let left = seconds(fields.expires_in) ?? 900;
  for (let interval = seconds(fields.interval) ?? STEP; left > 0; left -= Math.max(interval, 1)) {
    await wait(interval * 1_000, signal);
    const answer = await poll({ server, client }, deviceCode, send, signal);
    if (answer === "slow_down") interval += STEP;
    else if (answer) return renewedTokens({ scopes }, answer);
  }
  throw new OAuthError("The code was not typed in time; sign in again.", "expired_token");
}

function readCode(fields: Readonly<Record<string, unknown>>, { issuer }: TokenEndpoint) {
  const [deviceCode, userCode] = [text(fields, "device_code"), text(fields, "user_code")];
  const address = text(fields, "verification_uri") ?? "";
  const page = URL.canParse(address) ? new URL(address) : undefined;
  if (
    deviceCode !== undefined &&
    userCode !== undefined &&
    page &&
    /^https?:$/.test(page.protocol)
  ) {
    return { deviceCode, userCode: userCode.replace(/[^\x20-\x7e]/g, ""), page };
  }
  throw new OAuthError(
    `The authorization server ${issuer} gave out no code to type; tell its operator.`,
  );
}

/** Tokens once the user said yes; undefined while they have not. */
async function poll(
  place: { readonly server: TokenEndpoint; readonly client: OAuthClient },
  deviceCode: string,
  send: Send,
  signal: AbortSignal,
): Promise<Tokens | "slow_down" | undefined> {
  const parameters = {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: deviceCode,
  };
  try {
    return await requestTokens({ ...place, parameters }, send, signal);
  } catch (error) {
    const code = error instanceof OAuthError ? error.code : undefined;
    if (code === "slow_down") return code;
    if (code === "authorization_pending") return undefined;
    throw error;
  }
}

function seconds(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined;
}
