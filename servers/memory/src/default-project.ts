import { ConfigError } from "@portico/runner";
import { PROJECT_RULE, projectName } from "./project.ts";

/** The project of calls that name none. @throws {ConfigError} when it is no name of a project */
export function defaultProject(given: string): string {
  const name = projectName(given);
  if (name !== undefined) return name;
  throw new ConfigError(PROJECT_RULE, { setting: "project", insteadOf: given, value: "default" });
}
