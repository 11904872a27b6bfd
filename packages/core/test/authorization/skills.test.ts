import { defineServer, REVISIONS } from "@portico/core";
import {
  getSkill,
  listSkills,
  readSkillFile,
  type SkillFile,
  skill,
  skills,
  takeSkills,
} from "@portico/core/extensions/skills";
import { authorise } from "@portico/core/middleware/authorise";
import { connect } from "@portico/core/testing";
import { expect, test } from "vitest";

const ROOT = "skill://acme/refunds";
const MANIFEST = `${ROOT}/SKILL.md`;

test.each(REVISIONS)(
  "a skill names only the files its caller may read, on %s",
  async (revision) => {
    const files = {
      "SKILL.md": "---\nname: refunds\ndescription: Process refunds\n---\n",
      "public/mail.md": "Dear customer,",
      "internal/limits.md": "Up to 500.",
    };
    const server = defineServer({
      name: "skilled",
      version: "1.0.0",
      extensions: [skills([await skill({ path: "acme/refunds", files })])],
    });
    const granted = authorise([
      { kind: "capability", methods: ["skills/*"] },
      { kind: "resource", uris: [MANIFEST, `${ROOT}/public/*`] },
    ]);
    await using client = await connect(server, {
      revision,
      middleware: [granted],
      extensions: [takeSkills()],
    });
    const [listed] = await listSkills(client);
    const asked = await getSkill(client, MANIFEST);
    expect(listed).toEqual(asked);
    const named = (asked.resources as readonly SkillFile[]).map(({ uri }) => uri);
    expect(named).toEqual([MANIFEST, `${ROOT}/public/mail.md`]);
    for (const uri of named) {
      expect((await readSkillFile(client, asked, uri)).length).toBeGreaterThan(0);
    }
  },
);
