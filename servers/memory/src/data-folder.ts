import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** What of the machine says where a program keeps a user's data. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The folder in which this system keeps what programs store for a user. */
export function dataFolder({ platform, env, home }: Machine): string {
  if (platform === "win32") return env.LOCALAPPDATA ?? join(home, "AppData", "Local");
  if (platform === "darwin") return join(home, "Library", "Application Support");
  // XDG Base Directory: a relative path in the variable must be ignored.
  const given = env.XDG_DATA_HOME;
  return given !== undefined && isAbsolute(given) ? given : join(home, ".local", "share");
}

/** The machine this process runs on. */
export function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, home: homedir() };
}
