import { json, notFound } from "./answers.ts";
import { person } from "./context.ts";
import type { FakeRoutes } from "./github.ts";
import { inPlace } from "./places.ts";

/** What Copilot was asked for. */
export class FakeCopilot {
  isAvailable = true;
  /** As clients asked. */
  readonly assigned: unknown[] = [];
  readonly reviews: unknown[] = [];
}

/** Assigning and reviewing. Who may not be assigned is left out without a word, as GitHub does. */
export const copilotRoutes: FakeRoutes = {
  "POST /repos/:owner/:repo/issues/:number/assignees": inPlace(({ params, body, world }) => {
    const copilot = world.of(FakeCopilot);
    copilot.assigned.push(body);
    const isApplied = copilot.isAvailable && body.agent_assignment !== undefined;
    const html_url = `https://github.com/octo/site/issues/${params.number}`;
    const assignees = isApplied ? [{ ...person("Copilot"), type: "Bot" }] : [];
    return json({ number: Number(params.number), html_url, assignees }, 201);
  }),
  "POST /repos/:owner/:repo/pulls/:number/requested_reviewers": inPlace(
    ({ params, body, world }) => {
      const copilot = world.of(FakeCopilot);
      if (!copilot.isAvailable) return notFound;
      copilot.reviews.push(body);
      const html_url = `https://github.com/octo/site/pull/${params.number}`;
      return json({ number: Number(params.number), html_url }, 201);
    },
  ),
};
