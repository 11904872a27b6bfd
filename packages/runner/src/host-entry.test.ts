import { expect, it } from "vitest";
import { hostEntry } from "./host-entry.ts";

it("starts the package with npx", () => {
  const name = "@portico/server-filesystem";
  expect(hostEntry({ name, args: ["/data"], platform: "linux" })).toEqual({
    mcpServers: { filesystem: { command: "npx", args: ["-y", name, "/data"] } },
  });
});

it("starts npx through the shell on Windows", () => {
  const entry = hostEntry({ name: "@portico/server-memory", platform: "win32" });
  expect(entry.mcpServers.memory).toEqual({
    command: "cmd",
    args: ["/c", "npx", "-y", "@portico/server-memory"],
  });
});

it("carries the environment when there is one", () => {
  const entry = hostEntry({ name: "echo", env: { TOKEN: "t" }, platform: "linux" });
  expect(entry.mcpServers.echo).toMatchObject({ env: { TOKEN: "t" } });
});
