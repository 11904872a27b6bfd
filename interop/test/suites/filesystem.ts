import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Candidate, Peer } from "../peers/peer.ts";
import { textOf } from "./content.ts";
import { Inbox } from "./inbox.ts";

/** The built filesystem server, as it is published. */
export const FILESYSTEM = fileURLToPath(
  new URL("../../../servers/filesystem/dist/main.cjs", import.meta.url),
);

/** What every client must be able to do with the built filesystem server. */
export function testFilesystem({ revision, meet, missingResource }: Candidate): void {
  const updated = new Inbox<string>();
  const asked: string[] = [];
  let folder: string;
  let peer: Peer;
  const at = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "portico-interop-")));
    await mkdir(at("inner dir"));
    await writeFile(at("note.txt"), "one\ntwo\n");
    peer = await meet([FILESYSTEM, folder], {
      onUpdated: updated.put,
      elicit: ({ message }) => {
        asked.push(message);
        return { action: "accept", content: {} };
      },
    });
  });
  afterAll(async () => {
    await peer.close();
    await rm(folder, { recursive: true });
  });

  test("it introduces itself and lists its tools", async () => {
    expect(peer.revision).toBe(revision);
    expect(peer.server.info?.name).toBe("portico-filesystem");
    expect(peer.server.instructions).toContain("allowed directories");
    const tools = await peer.listTools();
    expect(tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["read_text_file", "edit_file", "search_files", "delete_file"]),
    );
    const withOutput = tools.filter(({ outputSchema }) => outputSchema);
    expect(withOutput).toHaveLength(revision >= "2025-06-18" ? tools.length : 0);
  });

  test("files are written, read, edited and searched", async () => {
    const path = at("new.txt");
    await peer.callTool("write_file", { path, content: "alpha\nbeta\n" });
    const read = await peer.callTool("read_text_file", { path, head: 1 });
    expect(textOf(read)).toContain("alpha");
    if (revision >= "2025-06-18") {
      expect(read.structuredContent).toMatchObject({ content: expect.stringContaining("alpha") });
    }
    const edits = [{ oldText: "beta", newText: "gamma" }];
    expect(textOf(await peer.callTool("edit_file", { path, edits }))).toContain("+gamma");
    expect(await readFile(path, "utf8")).toBe("alpha\ngamma\n");
    const found = await peer.callTool("search_file_contents", { path: folder, pattern: "gam+a" });
    expect(textOf(found)).toContain("new.txt:2:gamma");
  });

  test("media come as content the model can see", async () => {
    await writeFile(at("dot.png"), Buffer.from("89504e470d0a1a0a", "hex"));
    const { content } = await peer.callTool("read_media_file", { path: at("dot.png") });
    expect(content).toMatchObject([{ type: "image", mimeType: "image/png", data: "iVBORw0KGgo=" }]);
  });

  test("what is outside is refused, and the model reads why", async () => {
    const refused = await peer.callTool("read_text_file", { path: join(folder, "../elsewhere") });
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toContain("outside");
  });

  test("files are resources, with a template whose path completes", async () => {
    const uri = pathToFileURL(at("note.txt")).href;
    const { resources } = await peer.listResources();
    expect(resources.map((one) => one.uri)).toContain(uri);
    expect((await peer.readResource(uri)).contents).toMatchObject([{ text: "one\ntwo\n" }]);
    const missing = peer.readResource(pathToFileURL(at("missing.txt")).href);
    await expect(missing).rejects.toMatchObject({ code: missingResource });
    const [template] = await peer.listResourceTemplates();
    const { completion } = await peer.complete({
      ref: { type: "ref/resource", uri: template?.uriTemplate ?? "" },
      argument: { name: "path", value: at("no") },
    });
    expect(completion.values).toEqual([at("note.txt")]);
  });

  test("prompts carry files and the project", async () => {
    const review = await peer.getPrompt("code_review", { file_path: at("note.txt") });
    expect(review.messages[1]?.content).toMatchObject({
      type: "resource",
      resource: { text: "one\ntwo\n" },
    });
    const context = await peer.getPrompt("project_context");
    expect(JSON.stringify(context.messages)).toContain("note.txt");
    await expect(peer.getPrompt("code_review")).rejects.toMatchObject({ code: -32602 });
  });

  test("a changed file is announced", async () => {
    const uri = pathToFileURL(at("note.txt")).href;
    const stop = await peer.watch(uri);
    await writeFile(at("note.txt"), "changed");
    expect(await updated.next()).toBe(uri);
    await stop();
  });

  test("the user is asked before a file is deleted, where that is possible", async () => {
    await writeFile(at("doomed.txt"), "");
    const result = await peer.callTool("delete_file", { path: at("doomed.txt") });
    if (revision < "2025-06-18") {
      expect(result.isError).toBe(true);
      expect(textOf(result)).toContain("--yes");
      expect(asked).toEqual([]);
    } else {
      expect(asked).toEqual([expect.stringContaining(at("doomed.txt"))]);
      await expect(readFile(at("doomed.txt"))).rejects.toThrow("ENOENT");
    }
  });

  test("the client's roots narrow what is allowed, also after they changed", async () => {
    let root = at("inner dir");
    const other = await meet([FILESYSTEM, folder], {
      roots: () => [{ uri: pathToFileURL(root).href }],
    });
    try {
      const allowed = async () => textOf(await other.callTool("list_allowed_directories"));
      expect(await allowed()).toBe(`Allowed directories:\n${root}`);
      root = folder;
      if (revision < "2026-07-28") await other.rootsChanged();
      expect(await allowed()).toBe(`Allowed directories:\n${root}`);
    } finally {
      await other.close();
    }
  });
}
