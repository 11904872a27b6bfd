import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { createDatabase } from "@portico/testing-postgres";
import { textOf } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { SERVERS } from "../containers/servers.ts";
import { ask, engine, openContainer, reach, runOnce, serveContainer } from "./containers.ts";

// Needs the images: deploy/containers/with-engine, as scripts/ci/checks.ts runs it.
describe.skipIf(engine === undefined)("the images", { timeout: 60_000 }, () => {
  const megabytes = (image: string) =>
    Number(ask("image", "inspect", "--format", "{{.Size}}", image)) / 1024 / 1024;

  describe.each(SERVERS.map(({ name }) => name))("of %s", (name) => {
    const image = `portico/${name}`;

    test("says what it is, runs as nobody in particular, and is small", () => {
      const [{ Config: config, Healthcheck }] = JSON.parse(ask("image", "inspect", image));
      // Docker has it among the rest, Podman beside it.
      const { Test: health } = config.Healthcheck ?? Healthcheck;
      expect(health).toEqual(["CMD", "node", "/portico/healthcheck.cjs"]);
      expect(config.User).toBe("10001:10001");
      expect(config.Entrypoint).toEqual(["node", "/portico/dist/main.cjs"]);
      expect(config.Labels).toMatchObject({
        "org.opencontainers.image.title": `portico/${name}`,
        "org.opencontainers.image.revision": expect.stringMatching(/^[0-9a-f]{40}$/),
      });
      expect(megabytes(image) - megabytes("portico/base")).toBeLessThan(60);
    });

    test("has its bill of materials in it", () => {
      const code = "process.stdout.write(fs.readFileSync('dist/sbom.cdx.json'))";
      const bill = JSON.parse(runOnce(image, "node", "-e", code));
      expect(bill.metadata.component.name).toBe(`@portico/server-${name}`);
    });

    test("lists its tools on stdio where nothing can be written to and memory is short", async () => {
      const client = await openContainer(image, ["--network=none"], ARGS[name]);
      expect((await client.listTools()).length).toBeGreaterThan(0);
    });

    test("serves HTTP, is found healthy, and ends when it is asked to", async () => {
      const served = await serveContainer(image, [], ARGS[name]);
      const client = await reach(served);
      expect((await client.listTools()).length).toBeGreaterThan(0);
      expect(ask("exec", served.container, "node", "/portico/healthcheck.cjs")).toBe("");
      await client.close();
      await expect(served.stop()).resolves.toBe(0);
    });
  });

  test("filesystem reads what is mounted, and cannot write where that is read-only", async () => {
    const folder = mkdtempSync("/tmp/portico-image-");
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "hello.txt"), "Hello.\n");
    const { uid, gid } = userInfo();
    const client = await openContainer(
      "portico/filesystem",
      ["--network=none", `--volume=${folder}:/data:ro`, `--user=${uid}:${gid}`],
      ["/data"],
    );
    const read = await client.callTool("read_text_file", { path: "/data/hello.txt" });
    expect(textOf(read)).toContain("Hello.");
    const written = await client.callTool("write_file", { path: "/data/new.txt", content: "x" });
    expect(written.isError).toBe(true);
  });

  test("memory keeps its graph in a volume from one container to the next", async () => {
    const volume = `portico-test-${process.pid}`;
    onTestFinished(() => void ask("volume", "rm", "--force", volume));
    const flags = ["--network=none", `--volume=${volume}:/data`];
    const entities = [{ name: "Ada", entityType: "person", observations: ["wrote programs"] }];
    const first = await openContainer("portico/memory", flags);
    await first.callTool("create_entities", { entities });
    await first.close();
    const second = await openContainer("portico/memory", flags);
    const found = await second.callTool("open_nodes", { names: ["Ada"] });
    expect(textOf(found)).toContain("wrote programs");
  });

  test("postgres asks a real database", async () => {
    const database = await createDatabase();
    const client = await openContainer("portico/postgres", ["--network=host"], [database.url()]);
    const answer = await client.callTool("query", { sql: "SELECT 6 * 7 AS answer" });
    expect(answer.structuredContent).toMatchObject({ rows: [[42]] });
  });

  test.each([
    ["brave-search", "brave_web_search", { query: "x" }, "BRAVE_API_KEY"],
    ["github", "get_me", {}, "GITHUB_PERSONAL_ACCESS_TOKEN"],
    ["gdrive", "search", { query: "x" }, "GDRIVE_OAUTH_PATH"],
  ])("%s says what to set", async (name, tool, args, variable) => {
    const client = await openContainer(`portico/${name}`, ["--network=none"]);
    const answer = await client.callTool(tool, args);
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toContain(variable);
  });
});

/** What a server cannot start without. */
const ARGS: Readonly<Record<string, readonly string[]>> = { filesystem: ["/data"] };
