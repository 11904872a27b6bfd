/** What a client makes of a file it downloaded: text where the answer said that it is some, otherwise bytes. */
export type Downloaded = string | ArrayBuffer;

/**
 * Takes the body of an answer for what it is.
 * @throws {TypeError} when it is neither text nor bytes
 */
export function downloaded(body: unknown): Downloaded {
  if (typeof body === "string" || body instanceof ArrayBuffer) return body;
  throw new TypeError("A download is neither text nor bytes.");
}

/** A download as text. */
export function textOfDownload(body: Downloaded): string {
  return typeof body === "string" ? body : Buffer.from(body).toString();
}

/** A download as bytes. */
export function bytesOfDownload(body: Downloaded): Uint8Array {
  return typeof body === "string" ? Buffer.from(body) : new Uint8Array(body);
}
