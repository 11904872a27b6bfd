import type { Server } from "../containers/servers.ts";
import type { Listing } from "./listings.ts";

/** The schema of `server.json` that the entries hold to. */
export const SCHEMA =
  "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";

const ICONS = "https://raw.githubusercontent.com/portico-mcp/portico/main/deploy/listings/icons";

/** How the registry knows a server, which its package confirms as `mcpName`. */
export function registryName({ name }: Server): string {
  return `io.github.portico-mcp/${name}`;
}

/** The server's entry in the official MCP registry, a `server.json`. */
export function registryEntry(server: Server, listing: Listing): object {
  const { title, description, folders, settings } = listing;
  const { version } = server;
  return {
    $schema: SCHEMA,
    name: registryName(server),
    title,
    description,
    version,
    icons: [{ src: `${ICONS}/${server.name}.png`, mimeType: "image/png", sizes: ["256x256"] }],
    repository: {
      url: "https://github.com/portico-mcp/portico",
      source: "github",
      subfolder: `servers/${server.name}`,
    },
    packages: [
      {
        registryType: "npm",
        identifier: server.package,
        version,
        transport: { type: "stdio" },
        ...(folders && { packageArguments: [folderArguments(folders)] }),
        environmentVariables: settings.map(({ variable, description, isSecret, isFile }) => ({
          name: variable,
          description,
          isRequired: true,
          ...(isSecret && { isSecret }),
          ...(isFile && { format: "filepath" }),
        })),
      },
    ],
  };
}

function folderArguments({ description }: { readonly description: string }): object {
  return {
    type: "positional",
    valueHint: "folder",
    description,
    format: "filepath",
    isRequired: true,
    isRepeated: true,
  };
}
