import { join, resolve } from "node:path";
import { echoCalls, type Listening, listen, openSession } from "../measure/http-load.ts";
import type { HttpWire } from "../measure/http-wire.ts";
import { PEERS } from "../peers.ts";
import type { Subject } from "../subjects.ts";

/** A server over HTTP, and the revision it is spoken to in. */
export interface HttpSubject extends Subject {
  readonly revision: HttpWire["revision"];
}

const PORTICO = [join(PEERS, "portico-http.cjs")];
const TMCP = [join(PEERS, "tmcp-http.mjs")];

/** Ours, in a session and without: one server, spoken to in two ways. */
export const legacy: HttpSubject = { name: "portico", args: PORTICO, revision: "2025-11-25" };
export const modern: HttpSubject = { name: "portico", args: PORTICO, revision: "2026-07-28" };

/** `node:http` that parses and echoes, without any checks. */
export const bare: HttpSubject = {
  name: "bare node:http",
  args: [resolve(import.meta.dirname, "../servers/bare-http.cjs")],
  revision: "2026-07-28",
};
export const sdkV1: HttpSubject = {
  name: "sdk v1 stateful",
  args: [join(PEERS, "sdk-v1-http.mjs")],
  revision: "2025-11-25",
};
export const sdkV2: HttpSubject = {
  name: "sdk v2 modern",
  args: [join(PEERS, "sdk-v2-http.mjs")],
  revision: "2026-07-28",
};
export const mcpLite: HttpSubject = {
  name: "mcp-lite",
  args: [join(PEERS, "mcp-lite-http.mjs")],
  revision: "2025-06-18",
};
export const tmcp: HttpSubject = { name: "tmcp", args: TMCP, revision: "2026-07-28" };

/** A running subject and the calls to send it. */
export interface HttpRunning extends Listening {
  readonly calls: readonly Buffer[];
}

/** Starts a subject, and opens a session where it has them. */
export async function start(subject: HttpSubject): Promise<HttpRunning> {
  const listening = await listen(subject);
  try {
    const calls = echoCalls(await openSession(listening.port, subject.revision));
    return { ...listening, calls };
  } catch (error) {
    await listening.stop();
    throw error;
  }
}
