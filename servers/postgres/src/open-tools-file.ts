import { ConfigError, type Logger } from "@portico/runner";
import { ToolsFileError } from "./custom/error.ts";
import type { ToolsFile } from "./custom/tools-file.ts";
import type { Deps } from "./deps.ts";
import { toolNames } from "./server.ts";

/**
 * Opens the file an operator wrote tools in.
 * @throws {ConfigError} when it cannot be used; later mistakes in it are only logged
 */
export async function openToolsFile(
  path: string,
  deps: Deps,
  log: Pick<Logger, "warning">,
): Promise<ToolsFile> {
  const { ToolsFile } = await import("./custom/tools-file.ts");
  const policy = {
    accessMode: deps.accessMode,
    databases: deps.databases.names,
    taken: toolNames(deps),
  };
  try {
    return await ToolsFile.open(path, policy, (sentence) => log.warning(sentence));
  } catch (error) {
    if (!(error instanceof ToolsFileError)) throw error;
    throw new ConfigError(error.message);
  }
}
