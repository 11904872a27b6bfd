/** What was asked for is not in the catalogue, or not for this user: one sentence with what to do. */
export class CatalogueError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CatalogueError";
  }
}
