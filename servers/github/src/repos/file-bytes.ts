/** The text of a file that is one: UTF-8, without the bytes no text has. Undefined otherwise. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  if (bytes.subarray(0, 8_000).includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const SIGNATURES: readonly (readonly [string, string])[] = [
  ["89504e470d0a1a0a", "image/png"],
  ["ffd8ff", "image/jpeg"],
  ["47494638", "image/gif"],
  ["25504446", "application/pdf"],
  ["504b0304", "application/zip"],
  ["1f8b", "application/gzip"],
  ["0061736d", "application/wasm"],
];

/** The media type of bytes that are no text, by how they begin. */
export function binaryType(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("hex");
  if (start.startsWith("52494646") && start.endsWith("57454250")) return "image/webp";
  const found = SIGNATURES.find(([signature]) => start.startsWith(signature));
  return found?.[1] ?? "application/octet-stream";
}
