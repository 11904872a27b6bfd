export {
  getSkill,
  listSkills,
  readDirectory,
  readSkill,
  readSkillFile,
  SkillMismatch,
  takeSkills,
} from "./client.ts";
export type { Manifest } from "./frontmatter.ts";
export { SKILLS_EXTENSION, type SkillEntry, type SkillFile } from "./protocol.ts";
export { skills } from "./server.ts";
export { type Skill, type SkillDefinition, type SkillFiles, skill } from "./skill.ts";
