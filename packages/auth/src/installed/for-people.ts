/** The errors that say so, by name: they are loaded only once somebody signs in. */
const FOR_PEOPLE: ReadonlySet<string> = new Set(["OAuthError", "RemoteError"]);

/** True for what can go wrong while somebody signs in and says in a sentence what to do; all else is a bug. */
export function isForPeople(error: unknown): error is Error {
  return error instanceof Error && FOR_PEOPLE.has(error.name);
}
