import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../scripts/bundle/chunks.ts";

const HERE = import.meta.dirname;

/** The folder of the other implementations, outside the workspace and git. */
export const PEERS = join(HERE, "peers");

/** Servers of this folder that run on a peer, and so must lie beside it. */
const PEER_SERVERS = [
  "sdk-v1-echo.mjs",
  "sdk-v2-echo.mjs",
  "sdk-v1-http.mjs",
  "sdk-v2-http.mjs",
  "mcp-lite-http.mjs",
  "tmcp-http.mjs",
];

/** Our own servers that are measured. */
const OUR_SERVERS = ["portico-echo", "portico-http"];

/** Installs the peers unless the folder already holds exactly what bench/peers.json lists. */
export function installPeers(): void {
  const wanted = readFileSync(join(HERE, "peers.json"), "utf8");
  const manifest = join(PEERS, "package.json");
  const stamp = join(PEERS, "node_modules", ".portico-installed");
  mkdirSync(PEERS, { recursive: true });
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    console.log("Installing the peers into bench/peers");
    writeFileSync(manifest, wanted);
    const options = ["--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
    execFileSync("npm", ["install", ...options], { cwd: PEERS, stdio: "inherit" });
    writeFileSync(stamp, wanted);
  }
  for (const file of PEER_SERVERS) copyFileSync(join(HERE, "servers", file), join(PEERS, file));
}

/** Bundles our own servers of this folder as our published servers are bundled. */
export async function bundleOurs(): Promise<void> {
  for (const name of OUR_SERVERS) {
    await bundle(`servers/${name}.ts`, { dir: PEERS, name, cwd: HERE });
  }
}
