import { call, refusal, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { placeRoutes, publicPlace } from "./fake/places.ts";
import {
  FakeSecurity,
  leaked,
  outdated,
  reported,
  scanned,
  securityRoutes,
} from "./fake/security.ts";
import { type OpenOptions, open } from "./support/servers.ts";

const place = { owner: "octo", repo: "site" };
const SECRET = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";

async function openSecurity(options: OpenOptions = {}) {
  const users = { good: { login: "octocat", scopes: "repo, security_events" } };
  const opened = await open({ routes: [placeRoutes, securityRoutes], users, ...options });
  opened.github.world.add(publicPlace);
  return { ...opened, found: opened.github.world.of(FakeSecurity) };
}

test("alerts of code scanning are listed, and one is shown with its rule", async () => {
  const { client, found } = await openSecurity();
  found.codeScanning.push(scanned(1), scanned(2, { state: "fixed" }));
  const list = await structured(client, "list_code_scanning_alerts", place);
  expect(list).toMatchObject({
    alerts: [{ number: 1, rule: "js/xss", severity: "high", path: "src/page.ts", start_line: 3 }],
  });
  const args = { ...place, alertNumber: 1 };
  expect(await structured(client, "get_code_scanning_alert", args)).toMatchObject({
    rule_help: "Escape it.",
    classifications: ["test", "none"],
  });
});

test("alerts of Dependabot go on by a cursor, and one is shown with its advisory", async () => {
  const { client, found } = await openSecurity();
  found.dependabot.push(outdated(1), outdated(2), outdated(3));
  const first = await structured(client, "list_dependabot_alerts", { ...place, perPage: 2 });
  expect(first).toMatchObject({
    alerts: [{ number: 1, package: "lodash", first_patched_version: "4.17.21" }, { number: 2 }],
  });
  const after = first.next_cursor;
  const args = { ...place, perPage: 2, after };
  const last = await structured(client, "list_dependabot_alerts", args);
  expect(last).toMatchObject({ alerts: [{ number: 3 }] });
  expect(last).not.toHaveProperty("next_cursor");
  const one = { ...place, alertNumber: 2 };
  expect(await structured(client, "get_dependabot_alert", one)).toMatchObject({
    cwes: ["CWE-1321 Prototype pollution"],
    references: ["https://example.com/advisory"],
  });
});

test("an alert of secret scanning says where the secret is, and never the secret", async () => {
  const { client, found, github } = await openSecurity();
  found.secrets.push(leaked(1, SECRET));
  found.secrets.push(
    leaked(2, SECRET, {
      first_location_detected: {
        issue_title_url: "https://api.github.com/repos/octo/site/issues/3",
      },
    }),
  );
  const list = await call(client, "list_secret_scanning_alerts", place);
  const one = await call(client, "get_secret_scanning_alert", { ...place, alertNumber: 1 });
  const other = await call(client, "get_secret_scanning_alert", { ...place, alertNumber: 2 });
  expect(one).toContain('"path":".env"');
  expect(other).toContain("issues/3");
  expect(list + one + other).not.toContain(SECRET);
  expect(github.requests.every(({ query }) => query.get("hide_secret") === "true")).toBe(true);
});

test("a finding of code quality is shown with its rule", async () => {
  const { client, found } = await openSecurity();
  found.quality.push({
    number: 4,
    state: "open",
    rule: {
      id: "unused",
      title: "Unused variable",
      severity: "warning",
      category: "maintainability",
    },
    location: { path: "src/a.ts", start_line: 7 },
    message: { text: "x is never read", markdown: "`x` is never read" },
  });
  const args = { ...place, findingNumber: 4 };
  expect(await structured(client, "get_code_quality_finding", args)).toEqual({
    number: 4,
    state: "open",
    path: "src/a.ts",
    start_line: 7,
    message: "x is never read",
    rule: "unused",
    rule_title: "Unused variable",
    severity: "warning",
    category: "maintainability",
  });
});

test("global advisories are found and shown", async () => {
  const { client, found } = await openSecurity();
  const advisory = {
    ghsa_id: "GHSA-aaaa-bbbb-cccc",
    ecosystem: "npm",
    type: "reviewed",
    severity: "high",
    summary: "Prototype pollution",
    description: "Long text",
    vulnerabilities: [
      {
        package: { ecosystem: "npm", name: "lodash" },
        vulnerable_version_range: "< 4.17.21",
        first_patched_version: "4.17.21",
      },
    ],
    cwes: [],
    references: ["https://example.com/advisory"],
  };
  found.global.push(advisory, { ...advisory, ghsa_id: "GHSA-dddd-eeee-ffff", ecosystem: "pip" });
  const args = { ecosystem: "npm", isWithdrawn: false, cwes: ["79"] };
  const list = await structured(client, "list_global_security_advisories", args);
  expect(list).toMatchObject({
    advisories: [{ ghsa_id: "GHSA-aaaa-bbbb-cccc", affects: [{ package: "lodash" }] }],
  });
  const one = { ghsaId: "GHSA-dddd-eeee-ffff" };
  expect(await structured(client, "get_global_security_advisory", one)).toMatchObject({
    description: "Long text",
  });
});

test("lockdown shows advisories maintainers answer for, and no report of a stranger (GH3)", async () => {
  const { client, found } = await openSecurity({ settings: { isLocked: true } });
  found.advisories.push(
    reported("GHSA-aaaa-aaaa-aaaa", "stranger"),
    reported("GHSA-bbbb-bbbb-bbbb", "maintainer"),
    reported("GHSA-cccc-cccc-cccc", "stranger", { publisher: { login: "maintainer" } }),
    reported("GHSA-dddd-dddd-dddd", "", { author: null }),
  );
  const kept = {
    advisories: [{ ghsa_id: "GHSA-bbbb-bbbb-bbbb" }, { ghsa_id: "GHSA-cccc-cccc-cccc" }],
  };
  const ours = await call(client, "list_repository_security_advisories", place);
  expect(ours).toContain("Lockdown withheld 2");
  expect(await structured(client, "list_repository_security_advisories", place)).toMatchObject(
    kept,
  );
  const org = { org: "octo" };
  expect(await structured(client, "list_org_repository_security_advisories", org)).toMatchObject(
    kept,
  );
});

test("lockdown withholds alerts of pull requests, whose code is anybody's (GH3)", async () => {
  const { client, found } = await openSecurity({ settings: { isLocked: true } });
  const theirs = { ...(scanned(2).most_recent_instance as object), ref: "refs/pull/5/merge" };
  found.codeScanning.push(scanned(1), scanned(2, { most_recent_instance: theirs }));
  const list = await structured(client, "list_code_scanning_alerts", place);
  expect(list).toMatchObject({ alerts: [{ number: 1 }] });
  const one = { ...place, alertNumber: 2 };
  expect(await refusal(client, "get_code_scanning_alert", one)).toContain("Lockdown withholds");
});

test("what GitHub says nothing of is refused in a sentence", async () => {
  const { client } = await openSecurity();
  const args = { ...place, alertNumber: 9 };
  for (const name of [
    "get_code_scanning_alert",
    "get_dependabot_alert",
    "get_secret_scanning_alert",
  ]) {
    expect(await refusal(client, name, args)).toContain("GitHub has no such thing");
  }
});
