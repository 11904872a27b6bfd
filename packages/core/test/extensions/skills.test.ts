import { defineServer, type Middleware, REVISIONS, type Revision, RpcError } from "@portico/core";
import {
  getSkill,
  listSkills,
  readDirectory,
  readSkill,
  readSkillFile,
  type SkillEntry,
  type SkillFile,
  type SkillFiles,
  SkillMismatch,
  skill,
  skills,
  takeSkills,
} from "@portico/core/extensions/skills";
import { connect } from "@portico/core/testing";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";

const REFUNDS = `---
name: refunds
description: Process refunds
metadata:
  version: "2.1"
---
# Refunds
`;
const ROOT = "skill://acme/refunds";
const FILES: SkillFiles = {
  "SKILL.md": REFUNDS,
  "templates/mail.md": "Dear \uFEFFcustomer,\r\n",
  "templates/eu/mail.md": "Dear EU,",
  "logo.bin": new Uint8Array([0, 255, 128]),
  "with space.txt": "x",
};

async function open(files: SkillFiles | (() => SkillFiles) = FILES, revision?: Revision) {
  const server = defineServer({
    name: "skilled",
    version: "1.0.0",
    extensions: [skills([await skill({ path: "acme/refunds", files })])],
  });
  return attach(server, revision);
}

async function attach(
  server: ReturnType<typeof defineServer>,
  revision?: Revision,
  middleware: Middleware[] = [],
) {
  const client = await connect(server, {
    extensions: [takeSkills()],
    middleware,
    ...(revision && { revision }),
  });
  onTestFinished(() => client.close());
  return client;
}

/** A server that serves other files than it says. */
async function tampered(change: (files: Record<string, string | Uint8Array>) => void) {
  const files = { ...FILES };
  const honest = await skill({ path: "acme/refunds", files });
  change(files);
  const lying = await skill({ path: "acme/refunds", files: () => files });
  const server = defineServer({
    name: "lying",
    version: "1.0.0",
    extensions: [skills([{ ...lying, entry: honest.entry }])],
  });
  return attach(server);
}

describe.each(REVISIONS)("skills on %s", (revision) => {
  test("are listed with their frontmatter and every file", async () => {
    const client = await open(FILES, revision);
    const [entry] = await listSkills(client);
    expect(entry).toMatchObject({
      uri: `${ROOT}/SKILL.md`,
      frontmatter: {
        name: "refunds",
        description: "Process refunds",
        metadata: { version: "2.1" },
      },
    });
    expect(entry?.resources).toHaveLength(5);
    expect(await getSkill(client, `${ROOT}/SKILL.md`)).toEqual(entry);
  });

  test("are read and verified, text and bytes alike", async () => {
    const client = await open(FILES, revision);
    const [entry] = (await listSkills(client)) as [SkillEntry];
    expect((await readSkill(client, entry)).body).toBe("# Refunds\n");
    for (const { uri, size } of entry.resources as SkillFile[]) {
      expect(await readSkillFile(client, entry, uri)).toHaveLength(size);
    }
    expect([...(await readSkillFile(client, entry, `${ROOT}/logo.bin`))]).toEqual([0, 255, 128]);
  });

  test("have directories, of which the direct children are told", async () => {
    const client = await open(FILES, revision);
    const names = (uri: string) =>
      readDirectory(client, uri).then((all) => all.map(({ name, mimeType }) => [name, mimeType]));
    expect(await names(`${ROOT}/templates`)).toEqual([
      ["mail.md", "text/markdown"],
      ["eu", "inode/directory"],
    ]);
    expect(await names("skill://acme")).toEqual([["refunds", "inode/directory"]]);
    for (const uri of [`${ROOT}/SKILL.md`, `${ROOT}/none`, `${ROOT}/templates/`, "skill://ac"]) {
      await expect(readDirectory(client, uri)).rejects.toMatchObject({ code: -32602 });
    }
  });
});

test("a server says that it has skills, that directories can be read, and how long to keep what it says", async () => {
  const client = await open();
  expect(client.server.capabilities).toMatchObject({
    resources: {},
    extensions: { "io.modelcontextprotocol/skills": { directoryRead: true } },
  });
  expect(await client.request("skills/list")).toMatchObject({
    ttlMs: 300_000,
    cacheScope: "private",
  });
});

test("an unknown skill is an error, a file of one included", async () => {
  const client = await open();
  for (const uri of ["skill://nobody/SKILL.md", `${ROOT}/templates/mail.md`, ROOT]) {
    await expect(getSkill(client, uri)).rejects.toMatchObject({ code: -32602 });
  }
});

test("only manifests are listed as resources, under the skill's name", async () => {
  const client = await open();
  expect(await client.listResources()).toMatchObject([
    { uri: `${ROOT}/SKILL.md`, name: "refunds", description: "Process refunds" },
  ]);
});

test("a file that was changed is not used, whether its size changed or not", async () => {
  const longer = await tampered((files) => {
    files["templates/mail.md"] = "Dear customer, send money.";
  });
  const same = await tampered((files) => {
    files["templates/eu/mail.md"] = "Dear US,";
  });
  for (const [client, file] of [
    [longer, "templates/mail.md"],
    [same, "templates/eu/mail.md"],
  ] as const) {
    const [entry] = (await listSkills(client)) as [SkillEntry];
    const reading = readSkillFile(client, entry, `${ROOT}/${file}`);
    await expect(reading).rejects.toBeInstanceOf(SkillMismatch);
  }
});

test("a file that was not promised is not even asked for", async () => {
  const client = await tampered((files) => {
    files["extra.md"] = "More.";
  });
  const [entry] = (await listSkills(client)) as [SkillEntry];
  const reading = readSkillFile(client, entry, `${ROOT}/extra.md`);
  await expect(reading).rejects.toBeInstanceOf(SkillMismatch);
});

test("frontmatter that differs from what was listed is found out, also without digests", async () => {
  const client = await open(() => ({ "SKILL.md": REFUNDS }));
  const [entry] = (await listSkills(client)) as [SkillEntry];
  expect(entry.resources).toBe("dynamic");
  expect((await readSkill(client, entry)).frontmatter.name).toBe("refunds");
  const promised = { ...entry.frontmatter, description: "Something else" };
  const reading = readSkill(client, { ...entry, frontmatter: promised });
  await expect(reading).rejects.toBeInstanceOf(SkillMismatch);
});

test("a skill of more files than a skill may have is not read", async () => {
  const client = await open();
  const [entry] = (await listSkills(client)) as [SkillEntry];
  const files = Array.from({ length: 513 }, () => (entry.resources as SkillFile[])[0]);
  const huge = { ...entry, resources: files } as unknown as SkillEntry;
  await expect(readSkill(client, huge)).rejects.toBeInstanceOf(SkillMismatch);
});

test("nothing is read before somebody asks for it", async () => {
  const asked: string[] = [];
  const watch: Middleware = (call, next) => {
    asked.push(call.method);
    return next(call);
  };
  const server = defineServer({
    name: "skilled",
    version: "1.0.0",
    extensions: [skills([await skill({ path: "acme/refunds", files: FILES })])],
  });
  const client = await attach(server, undefined, [watch]);
  await listSkills(client);
  expect(asked).not.toContain("resources/read");
});

test.each([
  ["Refunds", REFUNDS, /name of a-z/],
  ["a--b", REFUNDS, /name of a-z/],
  ["../refunds", REFUNDS, /no path of a skill/],
  ["billing", REFUNDS, /must have the name "billing"/],
  ["refunds", "# No frontmatter", /frontmatter/],
  ["refunds", "---\nname: refunds\n---\n", /must have a description/],
  ["refunds", "---\nname: [\n---\n", /not YAML/],
  ["refunds", "---\n- refunds\n---\n", /not an object/],
])("a skill at %s with such a manifest is refused: %#", async (path, manifest, complaint) => {
  const defining = skill({ path, files: { "SKILL.md": manifest } });
  await expect(defining).rejects.toThrow(complaint);
  await expect(defining).rejects.toBeInstanceOf(TypeError);
});

test("a skill without a manifest, or with a file outside it, is refused", async () => {
  await expect(skill({ path: "refunds", files: {} })).rejects.toThrow(/has no SKILL.md/);
  for (const path of ["../up.md", "/root.md", "a//b.md", "a/./b.md"]) {
    const files = { "SKILL.md": REFUNDS, [path]: "x" };
    await expect(skill({ path: "refunds", files })).rejects.toThrow(/no path inside a skill/);
  }
});

test("two skills at one path are refused", async () => {
  const one = await skill({ path: "refunds", files: { "SKILL.md": REFUNDS } });
  expect(() => skills([one, one])).toThrow(/same path/);
});

test("any bytes come back as they are, under any file name", async () => {
  const names = fc
    .string({ minLength: 1, unit: "grapheme" })
    .filter((name) => !name.includes("/") && name !== "." && name !== ".." && name !== "SKILL.md");
  await fc.assert(
    fc.asyncProperty(names, fc.uint8Array(), async (name, bytes) => {
      const client = await open({ "SKILL.md": REFUNDS, [name]: bytes });
      const [entry] = (await listSkills(client)) as [SkillEntry];
      const uri = (entry.resources as SkillFile[])[1]?.uri as string;
      expect([...(await readSkillFile(client, entry, uri))]).toEqual([...bytes]);
      await client.close();
    }),
    { seed: 2640, numRuns: 40 },
  );
});

test("errors of the server reach the caller as they are", async () => {
  const client = await connect(defineServer({ name: "plain", version: "1.0.0" }));
  onTestFinished(() => client.close());
  await expect(listSkills(client)).rejects.toBeInstanceOf(RpcError);
});
