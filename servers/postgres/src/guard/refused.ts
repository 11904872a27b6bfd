/** A statement that is not allowed: one sentence that says what, and what to do instead. */
export class Refused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Refused";
  }
}
