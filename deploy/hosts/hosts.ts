import { claudeCommand, codexEntry, jsonEntry, vsCodeEntry, type Write } from "./entries.ts";
import type { Program } from "./programs.ts";

/** An application that starts MCP servers, and how it wants to be told. */
export interface Host {
  readonly name: string;
  /** Where its configuration is: whose, and the path. */
  readonly files: readonly (readonly [whose: string, path: string])[];
  /** What to do with the file, and what it does not do; in Markdown. */
  readonly note: string;
  /** Where secrets are; for servers that have any. */
  readonly secrets: string;
  readonly language: "json" | "toml";
  readonly write: Write;
  /** Whether its file takes servers that run already. */
  readonly takesUrls: boolean;
  /** The line for a shell that adds a server without editing a file. */
  readonly command?: (name: string, program: Program) => string;
}

const IN_THE_FILE = "The secret is in the file: let nobody else read it.";

const withDollar = (variable: string) => `$${variable}`;
const inBraces = (variable: string) => `\${${variable}}`;
const ofEnv = (variable: string) => `\${env:${variable}}`;

/** All hosts that have an entry on the pages. Their documentation was read in November 2026. */
export const HOSTS: readonly Host[] = [
  {
    name: "Claude Desktop",
    files: [
      ["macOS", "~/Library/Application Support/Claude/claude_desktop_config.json"],
      ["Windows", "%APPDATA%\\Claude\\claude_desktop_config.json"],
      ["Linux", "~/.config/Claude/claude_desktop_config.json"],
    ],
    note: "*Settings*, *Developer*, *Edit Config* opens the file; quit the application and start it again. Without a file, the [one-click bundle](../../deploy/README.md#directories-and-one-click) does the same. URLs have no place in the file: *Settings*, *Connectors* takes those of servers that the internet can reach by HTTPS.",
    secrets: IN_THE_FILE,
    language: "json",
    write: jsonEntry({ servers: "mcpServers" }),
    takesUrls: false,
  },
  {
    name: "Claude Code",
    files: [
      ["one project", ".mcp.json"],
      ["you", "~/.claude.json"],
    ],
    note: "`/mcp` shows whether the server runs.",
    secrets:
      "The file of a project may be committed: it takes the secret from the environment that `claude` is started in. The command copies it into your own file.",
    language: "json",
    write: jsonEntry({ servers: "mcpServers", type: "http", reference: inBraces }),
    takesUrls: true,
    command: claudeCommand,
  },
  {
    name: "VS Code",
    files: [
      ["one project", ".vscode/mcp.json"],
      ["macOS", "~/Library/Application Support/Code/User/mcp.json"],
      ["Windows", "%APPDATA%\\Code\\User\\mcp.json"],
      ["Linux", "~/.config/Code/User/mcp.json"],
    ],
    note: "*MCP: Open User Configuration* opens the file of your profile. *MCP: List Servers* starts the server and shows its output.",
    secrets:
      "VS Code asks for the secret at the first start, and keeps it. Sessions in the Copilot harness are not given servers that ask; they read the `.mcp.json` of a project, as Claude Code does.",
    language: "json",
    write: vsCodeEntry,
    takesUrls: true,
  },
  {
    name: "Cursor",
    files: [
      ["one project", ".cursor/mcp.json"],
      ["macOS, Linux", "~/.cursor/mcp.json"],
      ["Windows", "%USERPROFILE%\\.cursor\\mcp.json"],
    ],
    note: "The list of MCP servers in the settings shows whether the server runs.",
    secrets: "The secret is taken from the environment that Cursor is started in.",
    language: "json",
    write: jsonEntry({ servers: "mcpServers", reference: ofEnv }),
    takesUrls: true,
  },
  {
    name: "Windsurf",
    files: [
      ["one project", ".devin/mcp_config.json"],
      ["macOS, Linux", "~/.config/devin/mcp_config.json"],
      ["Windows", "%APPDATA%\\devin\\mcp_config.json"],
      ["older: macOS, Linux", "~/.codeium/windsurf/mcp_config.json"],
      ["older: Windows", "%USERPROFILE%\\.codeium\\windsurf\\mcp_config.json"],
    ],
    note: "Since June 2026 Windsurf is called Devin Desktop. Older versions have another file, and take `serverUrl` for `url`. Refresh the list of MCP servers afterwards.",
    secrets: IN_THE_FILE,
    language: "json",
    write: jsonEntry({ servers: "mcpServers" }),
    takesUrls: true,
  },
  {
    name: "Zed",
    files: [
      ["macOS, Linux", "~/.config/zed/settings.json"],
      ["Windows", "%APPDATA%\\Zed\\settings.json"],
    ],
    note: "*zed: open settings file* opens it. The settings of the agent show whether the server runs.",
    secrets: IN_THE_FILE,
    language: "json",
    write: jsonEntry({ servers: "context_servers" }),
    takesUrls: true,
  },
  {
    name: "Gemini CLI",
    files: [
      ["one project", ".gemini/settings.json"],
      ["macOS, Linux", "~/.gemini/settings.json"],
      ["Windows", "%USERPROFILE%\\.gemini\\settings.json"],
    ],
    note: "`/mcp` shows whether the server runs.",
    secrets: "The secret is taken from the environment that `gemini` is started in.",
    language: "json",
    write: jsonEntry({ servers: "mcpServers", url: "httpUrl", reference: withDollar }),
    takesUrls: true,
  },
  {
    name: "Codex",
    files: [
      ["one project that you trust", ".codex/config.toml"],
      ["macOS, Linux", "~/.codex/config.toml"],
      ["Windows", "%USERPROFILE%\\.codex\\config.toml"],
    ],
    note: "The command line, the editor extension and the desktop application share the file. `/mcp` shows whether the server runs.",
    secrets: "`env_vars` names what is taken from the environment that Codex is started in.",
    language: "toml",
    write: codexEntry,
    takesUrls: true,
  },
];
