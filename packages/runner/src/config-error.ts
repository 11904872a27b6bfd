/**
 * What to change so that a setting is right: `value` in place of what was given (`insteadOf`, where
 * several may be), or added when nothing was; without `value`, what was given goes.
 */
export interface SettingCorrection {
  /** Name of the option or the positional. */
  readonly setting: string;
  readonly insteadOf?: string;
  readonly value?: string;
}

/** A whole command line, or a line of the configuration file, as it should be. */
export type LineCorrection =
  | { readonly argv: readonly string[] }
  | { readonly file: string; readonly line: string };

/**
 * The operator's mistake. The message is one sentence: what was wrong and what to do. With a correction the
 * program also prints the corrected command line. Ends the program with exit code 2, without a stack.
 *
 * @example throw new ConfigError(`There is no folder "/dta"; name an existing one.`, { setting: "dir", insteadOf: "/dta", value: "/data" });
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly correction: SettingCorrection | LineCorrection | undefined;

  constructor(message: string, correction?: SettingCorrection | LineCorrection) {
    super(message);
    this.correction = correction;
  }
}
