/** What a program needs to run at all. Everything else, secrets above all, is passed on only by name. */
const POSIX = ["HOME", "LANG", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "USER"];
const WINDOWS = [
  "APPDATA",
  "COMSPEC",
  "HOMEDRIVE",
  "HOMEPATH",
  "LOCALAPPDATA",
  "PATH",
  "PATHEXT",
  "PROCESSOR_ARCHITECTURE",
  "SYSTEMDRIVE",
  "SYSTEMROOT",
  "TEMP",
  "USERNAME",
  "USERPROFILE",
];

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a server process: an allow-list out of `parent`, then `extra` over it.
 * The values of `extra` win whatever the case of their names on Windows, where names ignore case.
 */
export function childEnvironment(
  parent: Environment,
  extra: Environment = {},
  platform: string = process.platform,
): Record<string, string> {
  const windows = platform === "win32";
  const keyOf = (name: string) => (windows ? name.toUpperCase() : name);
  const allowed = new Set(windows ? WINDOWS : POSIX);
  const chosen = new Map<string, readonly [name: string, value: string]>();
  for (const [name, value] of Object.entries(parent)) {
    // A value that starts like this is a shell function exported by bash: code, not a setting.
    if (value === undefined || value.startsWith("()")) continue;
    if (allowed.has(keyOf(name)) || (!windows && name.startsWith("LC_"))) {
      chosen.set(keyOf(name), [name, value]);
    }
  }
  for (const [name, value] of Object.entries(extra)) {
    if (value !== undefined) chosen.set(keyOf(name), [name, value]);
  }
  return Object.fromEntries(chosen.values());
}
