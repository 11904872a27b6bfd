import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { listen, scratch } from "@portico/testing-servers";

/** How an orchestrator starts a server. */
export interface Start {
  /** Of the image `portico/…`. */
  readonly server: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts the program as the container would, on this machine: folders and files that a container has mounted are
 * stood in for, and the port is any that is free. Resolves with its exit code once it listened and was told to stop.
 */
export async function startAndStop({ server, args, env }: Start): Promise<number | null> {
  const folder = scratch();
  const tokens = join(folder, "tokens");
  writeFileSync(tokens, `${createHash("sha256").update("a token").digest("hex")} ada\n`);
  const here = (text: string) => (text === "/data" ? folder : text);
  const { PORT: _, PORTICO_METRICS_PORT: metrics, ...rest } = env;
  const key = join(folder, "state-key");
  writeFileSync(key, "5eed".repeat(16));
  const main = join(import.meta.dirname, `../../servers/${server}/dist/main.cjs`);
  const { stop } = await listen([main, ...args.map(here)], {
    ...rest,
    XDG_DATA_HOME: folder,
    PORTICO_AUTH_TOKENS: tokens,
    ...(rest.PORTICO_STATE_KEY !== undefined && { PORTICO_STATE_KEY: key }),
    ...(metrics !== undefined && { PORTICO_METRICS_PORT: "0" }),
  });
  return stop();
}
