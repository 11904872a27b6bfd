import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { titleCase } from "./names.ts";

/** What the places need to know of a new server. */
export interface ServerFacts {
  readonly name: string;
  readonly description: string;
}

/** A file outside of a server's own folder in which every server has to be. */
interface Place {
  readonly file: string;
  /** What tells that the server is there. */
  mark(name: string): string;
  /** The file with the server in it. */
  add(text: string, server: ServerFacts): string;
  /** What to do where it is missing, in a sentence. */
  remedy(name: string): string;
}

const PLACES: readonly Place[] = [
  {
    file: "tsconfig.json",
    mark: (name) => `"path": "servers/${name}"`,
    add(text, { name }) {
      const config = JSON.parse(text);
      config.references.push({ path: `servers/${name}` });
      return `${JSON.stringify(config, null, 2)}\n`;
    },
    remedy: (name) => `Add { "path": "servers/${name}" } to its references, so that it is checked.`,
  },
  {
    file: "README.md",
    mark: (name) => `](servers/${name}/README.md)`,
    add: (text, { name, description }) =>
      afterLast(
        text,
        /^\| \[`@portico\/server-.*\n/gm,
        `| [\`@portico/server-${name}\`](servers/${name}/README.md) | ${lowerFirst(description)} |\n`,
      ),
    remedy: () => "Add a row to its table of packages, so that people find it.",
  },
  {
    file: "bench/budgets.json",
    mark: (name) => `"@portico/server-${name}"`,
    add(text, { name }) {
      const budgets = JSON.parse(text);
      // What a server of one tool comes to, with some room.
      budgets.unpackedKilobytes[`@portico/server-${name}`] = 700;
      return `${JSON.stringify(budgets, null, 2)}\n`;
    },
    remedy: () =>
      "Add how many kB its package may have; scripts/check-package.ts says how many it has.",
  },
  {
    file: "deploy/listings/listings.ts",
    mark: (name) => `\n  ${key(name)}: {\n`,
    add: (text, { name, description }) =>
      beforeEndOf(
        text,
        "LISTINGS",
        `  ${key(name)}: {\n    title: "${titleCase(name)}",\n    description: "${description}",\n    settings: [],\n  },\n`,
      ),
    remedy: () =>
      "Add its title, description and settings, then run node deploy/listings/write-entries.ts.",
  },
  {
    file: "deploy/hosts/programs.ts",
    mark: (name) => `\n  ${key(name)}: { `,
    add: (text, { name }) => beforeEndOf(text, "CONTAINERS", `  ${key(name)}: { flags: [] },\n`),
    remedy: () => "Add the flags of its container, then run node deploy/hosts/write-pages.ts.",
  },
  {
    file: "deploy/README.md",
    mark: (name) => `\n| \`${name}\` | `,
    add: (text, { name }) =>
      afterLast(text, /^\| `[a-z-]+` \| .*\n/gm, `| \`${name}\` | none | |\n`),
    remedy: () => "Add a row with the secrets of its Kubernetes overlay.",
  },
];

/** Enters the server in every place that does not have it. */
export function addToPlaces(root: string, server: ServerFacts): void {
  for (const place of PLACES) {
    const file = join(root, place.file);
    const text = readFileSync(file, "utf8");
    if (!isIn(place, text, server.name)) writeFileSync(file, place.add(text, server));
  }
}

/** Says in which places a server is missing and what to do about it, a sentence each. */
export function placeComplaints(root: string, name: string): string[] {
  const missing = PLACES.filter(
    (place) => !isIn(place, readFileSync(join(root, place.file), "utf8"), name),
  );
  const dockerfile = `servers/${name}/Dockerfile`;
  const drawn = `deploy/listings/icons/${name}.png`;
  const overlay = `deploy/kubernetes/overlays/${name}/kustomization.yaml`;
  return [
    ...missing.map(({ file, remedy }) => `${name} is missing in ${file}. ${remedy(name)}`),
    ...(existsSync(join(root, dockerfile))
      ? []
      : [`${name} has no Dockerfile. Write ${dockerfile}, like those of the other servers.`]),
    ...(existsSync(join(root, drawn))
      ? []
      : [`${name} has no icon. Draw ${drawn}, 256 by 256 pixels, like those beside it.`]),
    ...(existsSync(join(root, overlay))
      ? []
      : [`${name} has no Kubernetes overlay. Write ${overlay}, like those beside it.`]),
    ...(isAnnounced(root, name)
      ? []
      : [`${name} has no release and no changeset. Write one: pnpm changeset.`]),
  ];
}

/** Whether it was released, or will be with the next release. */
function isAnnounced(root: string, name: string): boolean {
  if (existsSync(join(root, "servers", name, "CHANGELOG.md"))) return true;
  return globSync(".changeset/*.md", { cwd: root }).some((file) =>
    readFileSync(join(root, file), "utf8").includes(`"@portico/server-${name}":`),
  );
}

function isIn({ mark, file }: Place, text: string, name: string): boolean {
  // A key with a short value stands on one line, one with a long value on several.
  const marks = file.endsWith("programs.ts") ? [mark(name), `\n  ${key(name)}: {\n`] : [mark(name)];
  return marks.some((one) => text.includes(one));
}

function key(name: string): string {
  return /^[a-z0-9]+$/.test(name) ? name : `"${name}"`;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");
}

function afterLast(text: string, line: RegExp, added: string): string {
  const last = [...text.matchAll(line)].at(-1);
  if (!last) throw new Error(`There is no line like ${line} to add one after.`);
  const end = last.index + last[0].length;
  return text.slice(0, end) + added + text.slice(end);
}

/** Adds an entry at the end of the object that a constant of this name is. */
function beforeEndOf(text: string, constant: string, added: string): string {
  const end = text.indexOf("\n};", text.indexOf(`const ${constant}`));
  if (end < 0) throw new Error(`There is no constant ${constant} to add to.`);
  return `${text.slice(0, end)}\n${added.trimEnd()}${text.slice(end)}`;
}
