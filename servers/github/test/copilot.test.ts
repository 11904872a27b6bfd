import { refusal, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { copilotRoutes, FakeCopilot } from "./fake/copilot.ts";
import { placeRoutes, publicPlace } from "./fake/places.ts";
import { open } from "./support/servers.ts";

const place = { owner: "octo", repo: "site" };

async function openCopilot() {
  const opened = await open({ routes: [placeRoutes, copilotRoutes] });
  opened.github.world.add(publicPlace);
  return { ...opened, copilot: opened.github.world.of(FakeCopilot) };
}

test("an issue is given to Copilot with what it is to start from", async () => {
  const { client, copilot } = await openCopilot();
  const start = { base_ref: "next", custom_instructions: "Keep it small." };
  const args = { ...place, issue_number: 3, ...start };
  expect(await structured(client, "assign_copilot_to_issue", args)).toEqual({
    issue_number: 3,
    html_url: "https://github.com/octo/site/issues/3",
    assigned: true,
  });
  expect(copilot.assigned).toEqual([
    {
      assignees: ["copilot-swe-agent[bot]"],
      agent_assignment: {
        target_repo: "octo/site",
        base_branch: "next",
        custom_instructions: "Keep it small.",
      },
    },
  ]);
});

test("where Copilot is not available, which GitHub does not say, the model is told", async () => {
  const { client, copilot } = await openCopilot();
  copilot.isAvailable = false;
  const args = { ...place, issue_number: 3 };
  expect(await refusal(client, "assign_copilot_to_issue", args)).toContain("cannot be assigned");
});

test("an assignment says why, and a suggestion starts nothing", async () => {
  const { client, copilot } = await openCopilot();
  const args = { ...place, issue_number: 3, rationale: "Well scoped", confidence: "HIGH" };
  const name = "assign_copilot_to_issue_with_intent";
  const now = await structured(client, name, { ...args, is_suggestion: false });
  expect(now).toMatchObject({ assigned: true, suggested: false });
  const later = await structured(client, name, { ...args, base_ref: "next", is_suggestion: true });
  expect(later).toMatchObject({ assigned: false, suggested: true });
  const intent = { login: "copilot-swe-agent[bot]", rationale: "Well scoped", confidence: "high" };
  expect(copilot.assigned).toEqual([
    {
      assignees: [{ ...intent, suggest: false }],
      agent_assignment: { target_repo: "octo/site" },
    },
    { assignees: [{ ...intent, suggest: true }] },
  ]);
});

test("Copilot is asked for a review, and why it cannot be is told", async () => {
  const { client, copilot } = await openCopilot();
  const args = { ...place, pullNumber: 7 };
  expect(await structured(client, "request_copilot_review", args)).toMatchObject({
    requested: true,
  });
  expect(copilot.reviews).toEqual([{ reviewers: ["copilot-pull-request-reviewer[bot]"] }]);
  copilot.isAvailable = false;
  expect(await refusal(client, "request_copilot_review", args)).toContain("needs push access");
});
