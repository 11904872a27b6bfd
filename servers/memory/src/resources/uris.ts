/** The official server's URI: the graph of the server's own project. */
export const GRAPH_URI = "memory://knowledge-graph";

/** Templates of the resources that have variables. */
export const TEMPLATES = {
  entity: "memory://entity/{name}",
  projectGraph: "memory://projects/{project}/knowledge-graph",
  projectEntity: "memory://projects/{project}/entity/{name}",
} as const;

/** What a URI names: a graph, or an entity in it; of the server's own project where it names none. */
export interface Target {
  readonly project?: string;
  readonly entity?: string;
}

const URI = /^memory:\/\/(?:projects\/([^/?#]+)\/)?(?:knowledge-graph|entity\/([^/?#]+))$/;

/** The URI of an entity in the server's own project. */
export function entityUri(name: string): string {
  return `memory://entity/${encodeURIComponent(name)}`;
}

/** What a URI names; nothing when it is none of these resources. */
export function targetOf(uri: string): Target | undefined {
  const match = URI.exec(uri);
  if (!match) return undefined;
  try {
    const [project, entity] = match.slice(1).map((part) => part && decodeURIComponent(part));
    return { ...(project && { project }), ...(entity && { entity }) };
  } catch {
    // A stray percent sign.
    return undefined;
  }
}
