import type { JsonObject } from "@portico/core";
import { CannotVerify } from "./token.ts";

/** How long an authorization server may take, in milliseconds. */
const TIMEOUT_MS = 5_000;
/** Longest answer read, in bytes. */
const MAX_BYTES = 1024 * 1024;

/**
 * Refuses URLs whose answers somebody on the way could have written.
 * @throws {TypeError} when it is neither https nor this machine
 */
export function checkTrusted(url: string, what: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const { protocol, hostname } = parsed ?? {};
  const isLocal = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname ?? "");
  if (parsed && (protocol === "https:" || (protocol === "http:" && isLocal))) return parsed;
  throw new TypeError(`${what} must be an https URL, or http on this machine.`);
}

/**
 * Fetches a JSON object from an authorization server. Redirects are not followed: they would lead credentials and
 * trust elsewhere.
 * @returns nothing when it has none there (404)
 * @throws {CannotVerify} for any other answer, or none
 */
export async function fetchJson(
  url: URL,
  what: string,
  request: RequestInit = {},
): Promise<JsonObject | undefined> {
  const response = await fetch(url, {
    ...request,
    headers: { accept: "application/json", ...request.headers },
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => undefined);
  if (response?.status === 404) {
    await response.body?.cancel();
    return undefined;
  }
  if (response?.status !== 200) {
    await response?.body?.cancel();
    throw new CannotVerify(`${what} cannot be had from the authorization server.`);
  }
  const value = await readJson(response);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as JsonObject;
  }
  throw new CannotVerify(`${what} of the authorization server is no JSON object.`);
}

async function readJson(response: Response): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  try {
    // Leaving the loop ends the download.
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > MAX_BYTES) return undefined;
      text += decoder.decode(chunk, { stream: true });
    }
    return JSON.parse(text + decoder.decode());
  } catch {
    return undefined;
  }
}
