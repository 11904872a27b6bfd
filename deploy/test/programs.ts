import { createHash } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { listen, scratch } from "@portico/testing-servers";

/** How an orchestrator starts a server. */
export interface Start {
  /** Of the image `portico/…`. */
  readonly server: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Paths that are asked whether it is well. */
  readonly probes: readonly string[];
}

/** How a server fared. */
export interface Ran {
  /** The status that each probe was answered with. */
  readonly answers: readonly (number | undefined)[];
  readonly exitCode: number | null;
}

/**
 * Starts the program as the container would, on this machine: folders and files that a container has mounted are
 * stood in for, and the port is any that is free. Resolves with what its probes were answered and, once it was told to
 * stop, its exit code.
 */
export async function startAndStop({ server, args, env, probes }: Start): Promise<Ran> {
  const folder = scratch();
  const tokens = join(folder, "tokens");
  writeFileSync(tokens, `${createHash("sha256").update("a token").digest("hex")} ada\n`);
  const here = (text: string) => (text === "/data" ? folder : text);
  const { PORT: _, PORTICO_METRICS_PORT: metrics, ...rest } = env;
  const key = join(folder, "state-key");
  writeFileSync(key, "5eed".repeat(16));
  const main = join(import.meta.dirname, `../../servers/${server}/dist/main.cjs`);
  const { url, stop } = await listen([main, ...args.map(here)], {
    ...rest,
    XDG_DATA_HOME: folder,
    PORTICO_AUTH_TOKENS: tokens,
    ...(rest.PORTICO_STATE_KEY !== undefined && { PORTICO_STATE_KEY: key }),
    ...(metrics !== undefined && { PORTICO_METRICS_PORT: "0" }),
  });
  const answers = await Promise.all(probes.map((path) => probe(new URL(path, url))));
  return { answers, exitCode: await stop() };
}

/** The status of the answer to somebody who knows a server by its address, as what probes it does. */
async function probe(url: URL): Promise<number | undefined> {
  const [response] = await once(get(url, { headers: { host: "10.0.0.7:3000" } }), "response");
  response.resume();
  return response.statusCode;
}
