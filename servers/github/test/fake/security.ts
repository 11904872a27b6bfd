import { json, notFound, paged } from "./answers.ts";
import { person } from "./context.ts";
import type { FakeAnswer, FakeRequest, FakeRoutes } from "./github.ts";
import { inPlace } from "./places.ts";

const WHEN = "2026-11-01T00:00:00Z";
const REPO = "/repos/:owner/:repo";

/** Any kind of alert, with the members of its own kind. */
export type FakeAlert = { readonly number: number; readonly state: string } & Record<
  string,
  unknown
>;

/** What GitHub found in one repository, and what was reported. */
export class FakeSecurity {
  readonly codeScanning: FakeAlert[] = [];
  readonly dependabot: FakeAlert[] = [];
  readonly secrets: FakeAlert[] = [];
  readonly quality: FakeAlert[] = [];
  readonly advisories: Record<string, unknown>[] = [];
  readonly global: Record<string, unknown>[] = [];
}

/** An alert of code scanning. */
export function scanned(number: number, more: object = {}): FakeAlert {
  return {
    number,
    state: "open",
    created_at: WHEN,
    html_url: `https://github.com/octo/site/security/code-scanning/${number}`,
    rule: {
      id: "js/xss",
      severity: "error",
      security_severity_level: "high",
      description: "Cross-site scripting",
      full_description: "Writing user input to a page",
      help: "Escape it.",
      tags: ["security"],
    },
    tool: { name: "CodeQL" },
    dismissed_by: null,
    dismissed_at: null,
    dismissed_reason: null,
    most_recent_instance: {
      ref: "refs/heads/main",
      commit_sha: "a".repeat(40),
      message: { text: "User input reaches the page." },
      location: { path: "src/page.ts", start_line: 3, end_line: 4 },
      classifications: ["test", null],
    },
    ...more,
  };
}

/** An alert of Dependabot. */
export function outdated(number: number, more: object = {}): FakeAlert {
  return {
    number,
    state: "open",
    created_at: WHEN,
    updated_at: WHEN,
    html_url: `https://github.com/octo/site/security/dependabot/${number}`,
    dependency: { manifest_path: "package-lock.json", scope: "runtime" },
    security_advisory: {
      ghsa_id: "GHSA-aaaa-bbbb-cccc",
      cve_id: null,
      severity: "high",
      summary: "Prototype pollution",
      description: "Long text",
      cvss: { score: 7.5, vector_string: "CVSS:3.1/AV:N" },
      cwes: [{ cwe_id: "CWE-1321", name: "Prototype pollution" }],
      references: [{ url: "https://example.com/advisory" }],
      published_at: WHEN,
      withdrawn_at: null,
    },
    security_vulnerability: {
      package: { ecosystem: "npm", name: "lodash" },
      severity: "high",
      vulnerable_version_range: "< 4.17.21",
      first_patched_version: { identifier: "4.17.21" },
    },
    dismissed_by: null,
    ...more,
  };
}

/** An alert of secret scanning. */
export function leaked(number: number, secret: string, more: object = {}): FakeAlert {
  return {
    number,
    state: "open",
    created_at: WHEN,
    html_url: `https://github.com/octo/site/security/secret-scanning/${number}`,
    secret_type: "github_personal_access_token",
    secret_type_display_name: "GitHub Personal Access Token",
    secret,
    validity: "active",
    first_location_detected: {
      path: ".env",
      start_line: 1,
      end_line: 1,
      commit_sha: "b".repeat(40),
    },
    ...more,
  };
}

/** An advisory of a repository. */
export function reported(id: string, author: string, more: object = {}): Record<string, unknown> {
  return {
    ghsa_id: id,
    cve_id: null,
    state: "triage",
    severity: "high",
    summary: `Reported by ${author}`,
    description: "What I found",
    author: person(author),
    publisher: null,
    vulnerabilities: [
      {
        package: { ecosystem: "npm", name: "site" },
        vulnerable_version_range: "< 2",
        patched_versions: "2.0.0",
      },
    ],
    cwe_ids: ["CWE-79"],
    created_at: WHEN,
    html_url: `https://github.com/octo/site/security/advisories/${id}`,
    ...more,
  };
}

/** The routes of alerts and advisories. */
export const securityRoutes: FakeRoutes = {
  [`GET ${REPO}/code-scanning/alerts`]: inPlace(list("codeScanning")),
  [`GET ${REPO}/code-scanning/alerts/:number`]: inPlace(one("codeScanning")),
  [`GET ${REPO}/dependabot/alerts`]: inPlace(list("dependabot")),
  [`GET ${REPO}/dependabot/alerts/:number`]: inPlace(one("dependabot")),
  [`GET ${REPO}/secret-scanning/alerts`]: inPlace(list("secrets")),
  [`GET ${REPO}/secret-scanning/alerts/:number`]: inPlace(one("secrets")),
  [`GET ${REPO}/code-quality/findings/:number`]: inPlace(one("quality")),
  [`GET ${REPO}/security-advisories`]: inPlace((request) =>
    cursored(request, request.world.of(FakeSecurity).advisories),
  ),
  "GET /orgs/:org/security-advisories": (request) =>
    cursored(request, request.world.of(FakeSecurity).advisories),
  "GET /advisories": (request) => {
    const ecosystem = request.query.get("ecosystem");
    const all = request.world.of(FakeSecurity).global;
    return cursored(
      request,
      all.filter((one) => ecosystem === null || one.ecosystem === ecosystem),
    );
  },
  "GET /advisories/:id": ({ params, world }) => {
    const found = world.of(FakeSecurity).global.find(({ ghsa_id }) => ghsa_id === params.id);
    return found ? json(found) : notFound;
  },
};

type Kind = "codeScanning" | "dependabot" | "secrets" | "quality";

function list(kind: Kind) {
  return (request: FakeRequest): FakeAnswer => {
    const state = request.query.get("state");
    const all = request.world.of(FakeSecurity)[kind];
    const wanted = all.filter((alert) => state === null || alert.state === state);
    return kind === "dependabot" ? cursored(request, wanted) : paged(request, wanted);
  };
}

function one(kind: Kind) {
  return ({ params, world }: FakeRequest): FakeAnswer => {
    const found = world
      .of(FakeSecurity)
      [kind].find(({ number }) => number === Number(params.number));
    return found ? json(found) : notFound;
  };
}

/** Pages by a cursor, as GitHub pages alerts of Dependabot and advisories. */
function cursored({ query, url }: FakeRequest, items: readonly unknown[]): FakeAnswer {
  const size = Number(query.get("per_page") ?? 30);
  const from = Number(Buffer.from(query.get("after") ?? "", "base64").toString() || 0);
  const to = from + size;
  if (to >= items.length) return { body: items.slice(from) };
  const next = new URL(url);
  next.searchParams.set("after", Buffer.from(String(to)).toString("base64"));
  return { body: items.slice(from, to), headers: { link: `<${next.href}>; rel="next"` } };
}
