/** A log or an archive that is not read: one sentence that says why and what to do. */
export class LogError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "LogError";
  }
}
