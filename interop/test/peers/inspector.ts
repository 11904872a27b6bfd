import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const manifest = createRequire(import.meta.url).resolve(
  "@modelcontextprotocol/inspector/package.json",
);
const PROGRAM = join(dirname(manifest), "clients/launcher/build/index.js");

/** What one run of the inspector came to. */
export interface Inspection {
  /** 0 well, 1 failed, 3 not authorized, 4 unreachable, 5 the tool said it is an error, 6 a schema is not portable. */
  readonly exitCode: number;
  readonly result: Readonly<Record<string, unknown>> | undefined;
  readonly complaint: string;
}

/**
 * Runs the command line of the official inspector, for one method.
 * @param home a folder where it may keep its files
 */
export function inspect(args: readonly string[], home: string): Promise<Inspection> {
  const all = [PROGRAM, "--cli", ...args, "--format", "json", "--stored-auth-only"];
  const env = { PATH: process.env.PATH, HOME: home, MCP_INSPECTOR_SECRET_STORE: "memory" };
  return new Promise((resolve) => {
    execFile(process.execPath, all, { env, maxBuffer: 1 << 24 }, (error, stdout, complaint) => {
      const exitCode = error ? Number(error.code) : 0;
      resolve({
        exitCode,
        result: stdout === "" ? undefined : JSON.parse(stdout).result,
        complaint,
      });
    });
  });
}
