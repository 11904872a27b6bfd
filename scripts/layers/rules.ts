import { codeOf, type Import, type Source } from "./sources.ts";

/** The layers of packages/core/src, lowest first. A folder imports from lower rows and from itself. */
export const CORE_LAYERS: readonly (readonly string[])[] = [
  ["uri-template.ts"],
  ["schema"],
  ["jsonrpc"],
  ["protocol"],
  ["kernel"],
  ["transport"],
  ["middleware", "server"],
  ["era"],
  ["entry", "client"],
  ["extensions"],
  ["index.ts", "node.ts", "websocket.ts", "testing"],
];

/** Packages, lowest first; servers stand above all of them. */
export const PACKAGE_LAYERS: readonly (readonly string[])[] = [
  ["core", "remote-api"],
  ["auth", "host"],
  ["runner"],
  ["cli", "gateway"],
];

/** What knows MCP in a server: the files of `src` itself and these folders. Every other folder is its domain. */
const MCP_PARTS = /^servers\/[^/]+\/src\/([^/]+\.ts$|(tools|resources|prompts)\/)/;

/** What knows nothing of MCP itself, and so may be used in a server's domain. */
const FOR_DOMAINS = new Set(["@portico/remote-api", "@portico/auth/installed"]);

const CORE = "packages/core/src/";

/** Says which imports of core point up or sideways. */
export function layerComplaints(sources: readonly Source[]): string[] {
  return eachImport(sources, ({ path }, { target }) => {
    if (!path.startsWith(CORE) || !target?.startsWith(CORE)) return;
    const [from, to] = [partOf(path), partOf(target)];
    if (from === to) return;
    const [fromRow, toRow] = [rowOf(CORE_LAYERS, from), rowOf(CORE_LAYERS, to)];
    if (fromRow < 0) return `${path}: no layer is called "${from}"; add it to CORE_LAYERS.`;
    if (toRow < fromRow) return;
    return `${path} imports ${target}: "${from}" may not import "${to}". Move the shared part down, or pass it in.`;
  });
}

/** Says where one era imports the other. */
export function eraComplaints(sources: readonly Source[]): string[] {
  return eachImport(sources, ({ path }, { target = "" }) => {
    const crosses =
      (path.includes("/era/legacy/") && target.includes("/era/modern/")) ||
      (path.includes("/era/modern/") && target.includes("/era/legacy/"));
    if (crosses) return `${path} imports ${target}: move what both eras need to the kernel.`;
  });
}

/** Says which packages import a package that stands above them, or a server. */
export function packageComplaints(sources: readonly Source[]): string[] {
  return eachImport(sources, ({ path }, { specifier, target }) => {
    if (target && packageOf(target) !== packageOf(path)) {
      return `${path} imports ${target}: use the package's name.`;
    }
    const imported = /^@portico\/([^/]+)/.exec(specifier)?.[1];
    if (!imported) return;
    if (path.startsWith("servers/")) {
      if (MCP_PARTS.test(path) || FOR_DOMAINS.has(specifier)) return;
      return `${path} imports ${specifier}: a server's domain knows nothing of MCP. Do it in tools, resources, prompts or a file of src itself.`;
    }
    const own = path.split("/")[1] ?? "";
    const row = rowOf(PACKAGE_LAYERS, own);
    if (row < 0) return `${path}: no layer has the package "${own}"; add it to PACKAGE_LAYERS.`;
    if (rowOf(PACKAGE_LAYERS, imported) < row) return;
    return `${path} imports ${specifier}, which stands beside or above it. Move the shared part down, or pass it in.`;
  });
}

/** Says where core imports Node outside the files made for it. */
export function nodeComplaints(sources: readonly Source[]): string[] {
  const allowed = /^packages\/core\/src\/(node\.ts|transport\/|testing\/)/;
  return eachImport(sources, ({ path }, { specifier }) => {
    if (!path.startsWith(CORE) || !specifier.startsWith("node:") || allowed.test(path)) return;
    return `${path} imports ${specifier}: core must run without Node. Use a web standard, or move it to a Node transport.`;
  });
}

/** Says where a protocol revision is named or compared outside `protocol/` and `era/`. */
export function revisionComplaints(sources: readonly Source[]): string[] {
  const allowed = /^packages\/core\/src\/(protocol|era|testing)\//;
  const comparison =
    /\b\w*[rR]evision\s*(?:[<>]=?|[!=]==?)|\bisModern\(|["'`]20\d\d-\d\d-\d\d["'`]/;
  return sources
    .filter(({ path }) => !allowed.test(path))
    .flatMap((source) => {
      const found = comparison.exec(codeOf(source))?.[0];
      if (!found) return [];
      return `${source.path} decides by revision (${found}): put what differs into a row or an era.`;
    });
}

type Judge = (source: Source, imported: Import) => string | undefined;

function eachImport(sources: readonly Source[], judge: Judge): string[] {
  return sources.flatMap((source) =>
    source.imports.flatMap((imported) => judge(source, imported) ?? []),
  );
}

function partOf(path: string): string {
  return path.slice(CORE.length).split("/")[0] ?? "";
}

function packageOf(path: string): string {
  return path.split("/").slice(0, 2).join("/");
}

function rowOf(layers: readonly (readonly string[])[], name: string): number {
  return layers.findIndex((row) => row.includes(name));
}
