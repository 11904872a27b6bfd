import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { rawClient } from "./raw-client.ts";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const readme = read("README.md");

function block(language: string): string {
  const [, text] = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(readme) ?? [];
  return text ?? "";
}

test("the two commands of the README are scripts of the pinned pnpm", () => {
  const { packageManager, scripts } = JSON.parse(read("package.json"));
  const commands = [...block("sh").matchAll(/^npx -y (\S+) (\w+)/gm)];
  expect(commands.map(([, , script]) => script)).toEqual(["start", "test"]);
  for (const [, pnpm, script = ""] of commands) {
    expect(pnpm).toBe(packageManager);
    expect(scripts).toHaveProperty(script);
  }
});

test("the host entry of the README starts the server on the folder it names", async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "portico-readme-")));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { command, args } = JSON.parse(block("json")).mcpServers.filesystem;
  const [flag, name, ...given] = args as string[];
  expect([command, flag]).toEqual(["npx", "-y"]);
  const manifest = JSON.parse(read("servers/filesystem/package.json"));
  expect(name).toBe(manifest.name);
  const [bin] = new Set(Object.values<string>(manifest.bin));
  const program = join(root, "servers/filesystem", bin as string);
  expect(existsSync(program)).toBe(true);

  const own = given.map((path) => (path === "/path/to/folder" ? folder : path));
  expect(own).toContain(folder);
  const client = rawClient(process.execPath, [program, ...own]);
  onTestFinished(() => client.close());
  await client.initialize();
  const call = { name: "list_allowed_directories", arguments: {} };
  expect(await client.request("tools/call", call)).toMatchObject({
    content: [{ text: `Allowed directories:\n${folder}` }],
  });
});
