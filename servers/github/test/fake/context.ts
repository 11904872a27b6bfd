import { json } from "./answers.ts";
import type { FakeRoutes } from "./github.ts";

/** Who the caller is. */
export const contextRoutes: FakeRoutes = {
  "GET /user": ({ user }) => json(person(user.login)),
};

/** A user, as GitHub shows one. */
export function person(login: string): object {
  const id = [...login].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_000_000;
  const html_url = `https://github.com/${login}`;
  return { login, id, html_url, type: "User", name: null, bio: "", public_repos: 2 };
}
