/** The server broke the protocol: its answer is not what the revision in use says. */
export class InvalidResponse extends Error {
  override readonly name = "InvalidResponse";
}
