import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The folder of a program in its user's configuration. The current folder is none to look into: it may be a stranger's
 * repository, and keys and tokens in it would make the program work for the stranger.
 */
export function configFolder(program: string, environment = process.env): string {
  const { XDG_CONFIG_HOME, APPDATA } = environment;
  const ofWindows = process.platform === "win32" ? APPDATA : undefined;
  return join(ofWindows ?? (XDG_CONFIG_HOME || join(homedir(), ".config")), "portico", program);
}
