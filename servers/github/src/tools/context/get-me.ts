import { s } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { githubTool } from "../shared/github-tool.ts";
import { thing } from "../shared/outputs.ts";

/** Tells who acts. */
export const getMe = githubTool({
  name: "get_me",
  toolset: "context",
  description: "Who you are on GitHub.",
  effect: "reads",
  scopes: [],
  bound: "anywhere",
  input: s.object({}),
  output: thing,
  async run(_, { rest }) {
    const { data } = await rest.users.getAuthenticated();
    const { login, id, name, company, location, email, bio, html_url: profile_url } = data;
    const { blog, public_repos, followers, following, created_at } = data;
    const details = {
      name,
      company,
      blog,
      location,
      email,
      bio,
      public_repos,
      followers,
      following,
    };
    return { data: stated({ login, id, profile_url, ...details, created_at }), from: [] };
  },
});
