/** A file is not what its type says, or too much: one sentence that says what to do instead. */
export class OfficeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "OfficeError";
  }
}
