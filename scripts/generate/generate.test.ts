import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScratchCheckout, scratchCheckout } from "../scratch-checkout.ts";

/** The types of the new server's tests; those of everybody else were checked already. */
const TESTS_TYPES = {
  extends: "./tsconfig.json",
  include: ["servers/old-harbour/src/**/*.test.ts", "servers/old-harbour/test/**/*.ts"],
  references: [{ path: "servers/old-harbour" }],
};

interface TestResult {
  readonly status: string;
  readonly failureMessages: readonly string[];
}

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly TestResult[] }[];
}

describe("a server and a tool that were just generated", { timeout: 240_000 }, () => {
  let checkout: ScratchCheckout;
  let said: string;

  beforeAll(() => {
    checkout = scratchCheckout();
    checkout.link();
    said = checkout.run('node scripts/new-server.ts old-harbour "Find boats in the harbour."');
    checkout.link();
    checkout.run(
      'node scripts/new-tool.ts old-harbour list_boats "List the boats that lie there."',
    );
    writeFileSync(join(checkout.dir, "tsconfig.old-harbour.json"), JSON.stringify(TESTS_TYPES));
  }, 240_000);

  afterAll(() => checkout?.remove());

  const read = (path: string) => readFileSync(join(checkout.dir, path), "utf8");

  /** Runs tests of the copy, which may fail, and says what came of each. */
  function results(paths: string): TestResult[] {
    checkout.run(`vitest run ${paths} --reporter=json --outputFile=report.json || exit 0`);
    const report: Report = JSON.parse(read("report.json"));
    return report.testResults.flatMap(({ assertionResults }) => assertionResults);
  }

  test("pass their own tests, and the rules for layers and lengths", () => {
    const rules = "scripts/layers scripts/file-length scripts/manifests scripts/links";
    const all = results(`servers/old-harbour ${rules}`);
    expect(all.flatMap(({ failureMessages }) => failureMessages)).toEqual([]);
    expect(all.length).toBeGreaterThan(20);
  });

  test("have types that hold, and are formatted", () => {
    expect(checkout.run("tsc -b servers/old-harbour && tsc -p tsconfig.old-harbour.json")).toBe("");
    const paths = "servers/old-harbour deploy tsconfig.json bench/budgets.json";
    expect(() => checkout.run(`biome check --error-on-warnings ${paths}`)).not.toThrow();
  });

  test("are built, and start with nothing heavy loaded", () => {
    checkout.run("cd servers/old-harbour && tsc -b && node ../../scripts/bundle.ts");
    const started = results("scripts/start-up -t old-harbour");
    const ran = started.filter(({ status }) => status !== "skipped");
    expect(ran.map(({ status }) => status)).toEqual(["passed", "passed"]);
  });

  test("are in every place but the one that has to be drawn, which is named", () => {
    const failed = results("scripts/servers").filter(({ status }) => status === "failed");
    expect(failed).toHaveLength(1);
    const remedy = "Draw deploy/listings/icons/old-harbour.png, 256 by 256 pixels";
    expect(failed[0]?.failureMessages.join()).toContain(remedy);
    expect(said).toContain(remedy);
  });

  test("are on the server's page and in what a host is shown", () => {
    expect(read("servers/old-harbour/README.md")).toContain("| `list_boats` | reads | `query` |");
    expect(read("servers/old-harbour/test/tool-schemas.snap")).toContain('"list_boats"');
    expect(read("servers/old-harbour/server.json")).toContain("Find boats in the harbour.");
    expect(read(".changeset/old-harbour-server.md")).toContain("@portico/server-old-harbour");
    expect(read("docs/hosts/old-harbour.md")).toContain("@portico/server-old-harbour");
  });

  test.each([
    ['new-server.ts Harbour "Find boats."', '"Harbour" is no name for a server'],
    ['new-server.ts pier "find boats"', "Describe it in one plain sentence"],
    ['new-server.ts memory "Remember boats."', "servers/memory exists already"],
    ['new-tool.ts old-harbour listBoats "List boats."', '"listBoats" is no name for a tool'],
    ['new-tool.ts old-harbour list_boats "List boats."', "list-boats.ts exists already"],
    ['new-tool.ts pier list_boats "List boats."', 'There is no server "pier"'],
    ['new-tool.ts github list_boats "List boats."', "copy the neighbour that is most like it"],
  ])("%s is refused with what to do", (args, says) => {
    expect(() => checkout.run(`node scripts/${args}`)).toThrow(says);
  });
});
