import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { bundle } from "./bundle.ts";
import type { Installed } from "./installed.ts";

/** What Chromium and Chrome are called where they are installed. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser of this machine. */
export const browser: Installed = { name: "Chromium", program: findOnPath() ?? ofPlaywright() };

/** Starts it. Names that end in `.example` are this machine. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: browser.program ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP *.example 127.0.0.1",
    ],
  });
}

/** A site with one page, whose only script is a module. */
export interface Site {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a page with a bundle of `program`; the page may import it as `/program.js`. */
export async function serveSite(program: URL): Promise<Site> {
  const { code } = await bundle(program);
  const server = createServer((request, response) => {
    const isProgram = request.url === "/program.js";
    response.setHeader("Content-Type", isProgram ? "text/javascript" : "text/html");
    response.end(isProgram ? code : "<!doctype html><title>A page</title>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function findOnPath(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return paths.find((path) => existsSync(path));
}

function ofPlaywright(): string | undefined {
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}
