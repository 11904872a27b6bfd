import type { Contents } from "../google/contents.ts";
import { GoogleError } from "../google/error.ts";

/** Google's API for uploads. */
export type Uploads = Pick<Contents, "exchange">;

/** Where an upload begins: a new file, or new content of one. */
export interface Begin {
  readonly method: "POST" | "PATCH";
  /** `files`, or `files/<id>` for new content. */
  readonly path: string;
  readonly query: object;
  readonly headers: Readonly<Record<string, string>>;
  /** What Drive shall say of the file. */
  readonly body: object;
  readonly mimeType: string;
  /** Bytes in all. */
  readonly size: number;
}

/** An upload that Drive has agreed to. Its address lets anybody add to it, so it is never told. */
export interface Session {
  readonly address: string;
  readonly size: number;
}

/** Agrees with Drive on an upload; Drive's refusal where it does not. Nothing exists yet. */
export async function beginSession(
  uploads: Uploads,
  { method, path, query, headers, body, mimeType, size }: Begin,
  signal: AbortSignal,
): Promise<Session | Response> {
  const response = await uploads.exchange(path, {
    method,
    query: { ...query, uploadType: "resumable" },
    headers: {
      ...headers,
      "x-upload-content-type": mimeType,
      "x-upload-content-length": String(size),
    },
    body,
    signal,
  });
  if (!response.ok) return response;
  await response.body?.cancel();
  const address = response.headers.get("location");
  if (address !== null) return { address, size };
  throw new GoogleError("Google did not say where to upload to; try again later.");
}

/** Sends a part of the content. */
export function sendPart(
  uploads: Uploads,
  { address, size }: Session,
  position: number,
  part: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<Response> {
  const end = position + part.byteLength - 1;
  const headers = { "content-range": `bytes ${position}-${end}/${size}` };
  return uploads.exchange(address, { method: "PUT", headers, body: part, signal });
}

/** Asks how much of the content has arrived. */
export function askStatus(
  uploads: Uploads,
  { address, size }: Session,
  signal: AbortSignal,
): Promise<Response> {
  const headers = { "content-range": `bytes */${size}` };
  return uploads.exchange(address, { method: "PUT", headers, body: new Uint8Array(), signal });
}

/** How many bytes have arrived, as Drive says it; undefined for an answer that says something else. */
export function arrived({ status, headers }: Response): number | undefined {
  if (status !== 308) return undefined;
  const [, last] = /^bytes=0-(\d+)$/.exec(headers.get("range") ?? "") ?? [];
  return last === undefined ? 0 : Number(last) + 1;
}
