import type { Server } from "../containers/servers.ts";
import type { Listing, Setting } from "./listings.ts";

/** The manifest of a server's one-click bundle, of the MCP Bundle specification 0.3. */
export function bundleManifest(server: Server, listing: Listing): object {
  const { title, description, folders, settings } = listing;
  const folderArguments = folders ? [`\${user_config.folders}`] : [];
  return {
    manifest_version: "0.3",
    name: `portico-${server.name}`,
    display_name: `Portico ${title}`,
    version: server.version,
    description,
    author: { name: "Portico", url: "https://github.com/portico-mcp" },
    repository: { type: "git", url: "https://github.com/portico-mcp/portico.git" },
    license: "MIT",
    icon: "icon.png",
    server: {
      type: "node",
      entry_point: "dist/main.cjs",
      mcp_config: {
        command: "node",
        args: [`\${__dirname}/dist/main.cjs`, ...folderArguments],
        env: Object.fromEntries(
          settings.map(({ variable }) => [variable, `\${user_config.${key(variable)}}`]),
        ),
      },
    },
    user_config: {
      ...(folders && {
        folders: { type: "directory", ...folders, required: true, multiple: true },
      }),
      ...Object.fromEntries(settings.map((setting) => [key(setting.variable), asked(setting)])),
    },
    compatibility: {
      platforms: ["darwin", "win32", "linux"],
      runtimes: { node: ">=22.13.0" },
    },
  };
}

function key(variable: string): string {
  return variable.toLowerCase();
}

function asked({ title, description, isSecret = false, isFile = false }: Setting): object {
  const type = isFile ? "file" : "string";
  return { type, title, description, required: true, ...(isSecret && { sensitive: true }) };
}
