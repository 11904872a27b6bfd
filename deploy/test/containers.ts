import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { type Client, connect, httpClient } from "@portico/core";
import { stdioClient } from "@portico/core/node";
import { onTestFinished } from "vitest";
import { findEngine } from "../containers/engine.ts";

/** What runs images here, where `deploy/containers/with-engine` or the machine brought one. */
export const engine = process.env.PORTICO_TEST_IMAGES === undefined ? undefined : findEngine();

/** Flags of `run` as careful operators give them: nothing can be written to, and there is a limit to all. */
const CAREFUL = ["--rm", "--read-only", "--cap-drop=ALL", "--memory=256m"];

/** Podman's health checks want systemd, which a container that runs these tests has not. */
const QUIET = engine?.name === "podman" ? ["--no-healthcheck", "--pull=never"] : ["--pull=never"];

const clientInfo = { name: "test", version: "1.0.0" };

/** What the engine says to a question. */
export function ask(...args: readonly string[]): string {
  return execFileSync(engine!.run, args, { encoding: "utf8" });
}

/** What a program in an image prints. */
export function runOnce(image: string, program: string, ...args: readonly string[]): string {
  return ask("run", ...CAREFUL, ...QUIET, `--entrypoint=${program}`, image, ...args);
}

/** A client of a container on stdio, for one test. */
export async function openContainer(
  image: string,
  flags: readonly string[] = [],
  args: readonly string[] = [],
): Promise<Client> {
  const all = ["run", "-i", ...CAREFUL, ...QUIET, ...flags, image, ...args];
  // The engine wants to know where its images lie, which a server would not be told.
  const env = process.env as Record<string, string>;
  const transport = stdioClient({ command: engine!.run, args: all, stderr: "ignore", env });
  const client = await connect(transport, { clientInfo });
  onTestFinished(() => client.close());
  return client;
}

/** A container that serves HTTP. */
export interface Served {
  readonly container: string;
  readonly url: string;
  /** How it ended after it was asked to, or killed two seconds later. */
  stop(): Promise<number | null>;
}

/** Starts a container that serves HTTP, for one test. */
export async function serveContainer(
  image: string,
  flags: readonly string[] = [],
  args: readonly string[] = [],
): Promise<Served> {
  const container = `portico-test-${process.pid}-${Date.now()}`;
  const port = await freePort();
  const settings = ["-e", "MCP_TRANSPORT=http", "-e", `PORT=${port}`, "--network=host"];
  const named = ["run", "--name", container, ...CAREFUL, ...QUIET, ...settings, ...flags];
  const child = spawn(engine!.run, [...named, image, "--allow-unauthenticated", ...args], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  onTestFinished(() => void spawnSync(engine!.run, ["rm", "--force", container]));
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    if (!line.includes("Listening on ")) continue;
    child.stderr.resume();
    const stop = () => {
      spawnSync(engine!.run, ["stop", "--time=2", container]);
      return ended;
    };
    return { container, url: `http://127.0.0.1:${port}/mcp`, stop };
  }
  throw new Error(`The container did not listen: ${said.join("\n")}`);
}

/** A client of a container that serves HTTP, for one test. */
export async function reach({ url }: Served): Promise<Client> {
  const client = await connect(httpClient(url), { clientInfo });
  onTestFinished(() => client.close());
  return client;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
