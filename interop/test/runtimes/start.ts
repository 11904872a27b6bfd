import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Listening } from "../peers/listening.ts";
import { bundle } from "./bundle.ts";
import { bun, deno, workerd } from "./installed.ts";

/** Starts a program that serves on some runtime, and waits until it listens. */
export type Start = (program: URL) => Promise<Listening>;

/** The command that runs a program on Bun. */
export const bunCommand = (program: URL): string[] => [bun.program ?? "", fileURLToPath(program)];

/** The command that runs a program on Deno, which lets it use the network and nothing else. */
export const denoCommand = (program: URL): string[] => [
  deno.program ?? "",
  "run",
  "--allow-net",
  "--no-lock",
  "--no-prompt",
  fileURLToPath(program),
];

/** Starts a program on Bun that prints its address. */
export const startOnBun: Start = (program) => start(bunCommand(program));

/** Starts a program on Deno that prints its address. */
export const startOnDeno: Start = (program) => start(denoCommand(program));

/** Starts a worker on workerd, without the Node APIs it can have. */
export const startOnWorkerd: Start = async (program) => {
  const folder = await mkdtemp(join(tmpdir(), "portico-worker-"));
  const { code } = await bundle(program);
  await writeFile(join(folder, "worker.js"), code);
  await writeFile(join(folder, "config.capnp"), WORKER_CONFIG);
  const command = [workerd.program ?? "", "serve", "--control-fd=3", join(folder, "config.capnp")];
  const server = await start(command);
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
  return { ...server, stop };
};

/** One worker, which may reach this machine: the flags workers have by default and no Node API. */
const WORKER_CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2026-11-01",
);
`;

async function start([program = "", ...args]: readonly string[]): Promise<Listening> {
  // On its fourth descriptor workerd says which port it took.
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe", "pipe"] });
  const ended = once(child, "exit");
  const said: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text) => said.push(text));
  const stop = async () => {
    child.kill();
    await ended;
  };
  const url = await Promise.race([addressOf(child), ended.then(() => undefined)]);
  if (url === undefined) throw new Error(`The server ended before it listened: ${said.join("")}`);
  return { url, sse: new URL("sse", url), stop };
}

function addressOf({ stdio }: ChildProcess): Promise<URL> {
  const { promise, resolve } = Promise.withResolvers<URL>();
  for (const output of [stdio[1], stdio[3]] as Readable[]) {
    createInterface(output).on("line", (line) => {
      const [, url] = /(http:\S+)/.exec(line) ?? [];
      const [, port] = /"port":\s*(\d+)/.exec(line) ?? [];
      if (url) resolve(new URL(url));
      else if (port) resolve(new URL(`http://127.0.0.1:${port}/mcp`));
    });
  }
  return promise;
}
