import {
  listSkills,
  readSkill,
  readSkillFile,
  SkillMismatch,
  takeSkills,
} from "@portico/core/extensions/skills";
import type { Assignment } from "./assignment.ts";
import { open } from "./open.ts";

/** Lists the skills and reads none of them: nobody has asked for one. */
export async function listOnly(assignment: Assignment): Promise<void> {
  await using client = await open(assignment, { extensions: [takeSkills()] });
  await listSkills(client);
}

/** Loads every skill with all its files, and leaves one alone that is not what it was said to be. */
export async function loadSkills(assignment: Assignment): Promise<void> {
  await using client = await open(assignment, { extensions: [takeSkills()] });
  for (const skill of await listSkills(client)) {
    try {
      await readSkill(client, skill);
      const files = typeof skill.resources === "string" ? [] : skill.resources;
      for (const { uri } of files) {
        if (uri !== skill.uri) await readSkillFile(client, skill, uri);
      }
    } catch (error) {
      if (!(error instanceof SkillMismatch)) throw error;
      console.error(error.message);
    }
  }
}
