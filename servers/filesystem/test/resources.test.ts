import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Client, REVISIONS } from "@portico/core";
import { readText, scratch } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { clientOn } from "./support/servers.ts";

const uri = (...parts: string[]) => pathToFileURL(path.join(...parts)).href;

describe.each(REVISIONS)("resources with revision %s", (revision) => {
  test("list the allowed directories and what is directly in them", async () => {
    const one = scratch({ "a.md": "x", "b/c": "", link: { link: "a.md" } });
    const two = scratch({ "d d.txt": "" });
    const client = await clientOn([one, two], { revision });
    expect((await client.listResources()).map(({ uri, mimeType }) => [uri, mimeType])).toEqual([
      [`${uri(one)}/`, "inode/directory"],
      [uri(one, "a.md"), "text/markdown"],
      [`${uri(one, "b")}/`, "inode/directory"],
      [`${uri(two)}/`, "inode/directory"],
      [uri(two, "d d.txt"), "text/plain"],
    ]);
  });

  test("are text where they are text, and bytes where not", async () => {
    const bytes = Buffer.from([0, 1, 2, 255]);
    const dir = scratch({ "a.md": "# ü", "b.bin": bytes });
    const client = await clientOn([dir], { revision });
    expect((await client.readResource(uri(dir, "a.md"))).contents).toEqual([
      { uri: uri(dir, "a.md"), mimeType: "text/markdown", text: "# ü" },
    ]);
    expect((await client.readResource(uri(dir, "b.bin"))).contents).toEqual([
      {
        uri: uri(dir, "b.bin"),
        mimeType: "application/octet-stream",
        blob: bytes.toString("base64"),
      },
    ]);
  });

  test("of a directory list its entries, which can be read in turn", async () => {
    const dir = scratch({ "b/c d.txt": "deep", "b/e/f": "", "b/l": { link: "/etc/hostname" } });
    const client = await clientOn([dir], { revision });
    const { entries } = JSON.parse(await readText(client, `${uri(dir, "b")}/`));
    expect(entries).toEqual([
      { name: "c d.txt", type: "file", uri: uri(dir, "b/c d.txt") },
      { name: "e", type: "directory", uri: `${uri(dir, "b/e")}/` },
      { name: "l", type: "link" },
    ]);
    expect(await readText(client, entries[0].uri)).toBe("deep");
  });

  test("that are outside and those that do not exist are refused alike", async () => {
    const dir = scratch({ out: { link: "/etc/hostname" }, dangling: { link: "/no/such" } });
    const client = await clientOn([dir], { revision });
    const codes = await Promise.all(
      [
        uri(dir, "missing"),
        uri(dir, "out"),
        uri(dir, "dangling"),
        "file:///etc/hostname",
        "file:///no/such",
        `${uri(dir)}/..%2f..%2fetc/hostname`,
        `${uri(dir)}/../../../etc/hostname`,
        "file://elsewhere/etc/hostname",
        "http://example.com/",
        "nonsense",
      ].map((one) => codeOf(client, one)),
    );
    expect(new Set(codes).size).toBe(1);
  });

  test("are offered by a template whose path completes one directory at a time", async () => {
    const dir = scratch({ "src/main.ts": "", "src/mod/x": "", "search.ts": "", "weird\u202e": "" });
    const client = await clientOn([dir], { revision });
    const [template] = await client.listResourceTemplates();
    expect(template?.uriTemplate).toBe("file:///{+path}");
    const complete = async (value: string) => {
      const ref = { type: "ref/resource" as const, uri: "file:///{+path}" };
      const { completion } = await client.complete({ ref, argument: { name: "path", value } });
      return completion.values;
    };
    const bare = dir.slice(1);
    expect(await complete("")).toEqual([`${bare}/`]);
    expect(await complete(bare.slice(0, 6))).toEqual([`${bare}/`]);
    expect(await complete(`${bare}/s`)).toEqual([`${bare}/search.ts`, `${bare}/src/`]);
    expect(await complete(`${dir}/src/m`)).toEqual([`${dir}/src/main.ts`, `${dir}/src/mod/`]);
    expect(await complete("/etc/host")).toEqual([]);
  });
});

test("a directory of many files is listed page by page", async () => {
  const names = Array.from({ length: 450 }, (_, at) => String(at).padStart(3, "0"));
  const dir = scratch(Object.fromEntries(names.map((name) => [name, ""])));
  const client = await clientOn([dir, scratch({ last: "" })]);
  const pages: number[] = [];
  for await (const { resources } of client.pages("resources/list")) pages.push(resources.length);
  expect(pages).toEqual([201, 200, 50, 2]);
  expect((await client.listResources()).slice(1, 451).map(({ name }) => name)).toEqual(names);
});

test("a file too large for a resource is refused with the way to read it", async () => {
  const dir = scratch();
  fs.writeFileSync(path.join(dir, "big"), "");
  fs.truncateSync(path.join(dir, "big"), 700_000_000);
  const client = await clientOn([dir]);
  await expect(client.readResource(uri(dir, "big"))).rejects.toThrow("read_text_file");
});

async function codeOf(client: Client, uri: string): Promise<number> {
  return client.readResource(uri).then(
    () => 0,
    (error: { code: number }) => error.code,
  );
}
