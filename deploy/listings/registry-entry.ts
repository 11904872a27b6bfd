import type { Server } from "../containers/servers.ts";
import type { Listing } from "./listings.ts";

/** How the registry knows a server, which its package confirms as `mcpName`. */
export function registryName({ name }: Server): string {
  return `io.github.portico-mcp/${name}`;
}

/** The server's entry in the official MCP registry, a `server.json` of its schema 2025-12-11. */
export function registryEntry(server: Server, listing: Listing): object {
  const { title, description, folders, settings } = listing;
  const { version } = server;
  return {
    $schema: "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
    name: registryName(server),
    title,
    description,
    version,
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
