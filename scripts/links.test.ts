import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const generated = /(^|\/)(node_modules|dist|peers|\.git|deploy\/containers\/context)\//;

const pages = globSync("**/*.md", {
  cwd: root,
  exclude: (path) => generated.test(`${path}/`),
}).sort();

test("every relative link of every page leads to a file, and every anchor to a heading", () => {
  expect(pages.flatMap(brokenLinks)).toEqual([]);
});

test("every decision is in the list of decisions", () => {
  const folder = join(root, "docs/decisions");
  const list = readFileSync(join(folder, "README.md"), "utf8");
  const decisions = globSync("0*.md", { cwd: folder });
  expect(decisions.filter((page) => !list.includes(`(${page})`))).toEqual([]);
});

function brokenLinks(page: string): string[] {
  const prose = readFileSync(join(root, page), "utf8").replace(/^```.*?^```/gms, "");
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => !isReachable(page, link)).map((link) => `${page}: ${link}`);
}

function isReachable(page: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return true;
  const [path = "", anchor] = link.split("#");
  const file = path ? resolve(root, dirname(page), path) : join(root, page);
  if (!existsSync(file)) return false;
  return anchor === undefined || headings(file).includes(anchor);
}

/** The anchors of a page's headings, as GitHub derives them. */
function headings(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
