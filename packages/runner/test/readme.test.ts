import { exec } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { runToEnd, ServerProcess } from "./server-process.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"))].map(([, code]) => code!);

const [greeter, entry] = blocks("ts") as [string, string];
const sessions = blocks("console")
  .flatMap((block) => block.split(/^\$ /m).slice(1))
  .map((session) => {
    const [command = "", ...output] = session.trimEnd().split("\n");
    return { command, output };
  });

/** A folder of a user's own, with the packages installed. */
const folder = mkdtempSync(join(tmpdir(), "portico-readme-"));
beforeAll(async () => {
  await mkdir(join(folder, "node_modules/@portico"), { recursive: true });
  for (const name of ["core", "runner"]) {
    const source = fileURLToPath(new URL(`../../${name}`, import.meta.url));
    await symlink(source, join(folder, "node_modules/@portico", name), "junction");
  }
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "greeter.ts"), greeter);
  await writeFile(join(folder, "entry.ts"), entry);
});
afterAll(() => rm(folder, { recursive: true }));

describe("the README", () => {
  it.each(sessions)("shows what really happens: $command", async ({ command, output }) => {
    const words = command.split(" ");
    const program = words.indexOf("portico-greeter");
    const env = Object.fromEntries(words.slice(0, program).map((word) => word.split("=")));
    const main = join(folder, "greeter.ts");
    const { stdout, stderr } = await runToEnd(words.slice(program + 1), { env, main });
    expect((stdout + stderr).trimEnd().split("\n")).toEqual(output);
  });

  it("shows a server that works", async () => {
    const server = new ServerProcess(["Ada", "Grace"], { main: join(folder, "greeter.ts") });
    await server.initialize();
    expect(await server.callTool("greet")).toBe("Hello, Ada!\nHello, Grace!");
    server.child.stdin.end();
    expect(await server.ended).toMatchObject({ code: 0 });
  });

  it("shows a server of HTTP, and the entry it is reached by", async () => {
    const [start = ""] = blocks("sh");
    const args = start.trim().replace("3000", "0").split(" ").slice(1);
    const server = new ServerProcess(args, { main: join(folder, "greeter.ts") });
    onTestFinished(() => void server.child.kill());
    const { port } = new URL(await server.listening());
    await server.logged(blocks("json")[0]!.trim().replace("3000", port));
  });

  it("makes a token that opens the door", async () => {
    const [make = "", start = ""] = blocks("sh")[1]!.trim().split("\n");
    // As npx would, without its download.
    const installed = fileURLToPath(new URL("../../auth/dist/command.js", import.meta.url));
    const command = make.replace("npx -y @portico/auth", `"${process.execPath}" "${installed}"`);
    const { stderr } = await promisify(exec)(command, { cwd: folder });
    const args = start.split(" ").slice(1).toSpliced(-2, 1, join(folder, "tokens"));
    const main = join(folder, "greeter.ts");
    const server = new ServerProcess([...args, "--port=0"], { main });
    onTestFinished(() => void server.child.kill());
    const url = await server.listening();
    const statusWith = async (token: string) =>
      (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status;
    expect(await statusWith("wrong")).toBe(401);
    expect(await statusWith(stderr.trim())).not.toBe(401);
  });

  it("shows the host entry that comes out", async () => {
    const { stdout } = await runToEnd([], { main: join(folder, "entry.ts") });
    expect(entry).toContain(`// ${stdout}`);
  });
});
