import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { openBrowser } from "./open-browser.ts";

test.each(["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vbscript:x"])(
  "%s is not opened",
  async (url) => {
    await expect(openBrowser(new URL(url))).rejects.toThrow("is not opened in a browser");
  },
);

const linux = process.platform === "linux";

test.runIf(linux)("a page is opened by its URL as it is, which no shell reads", async () => {
  const { promise: opened, resolve } = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    response.end();
    resolve(decodeURIComponent(request.url?.slice(2) ?? ""));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const folder = await mkdtemp(join(tmpdir(), "portico-browser-"));
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  const report = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?`;
  const browser = `#!${process.execPath}\nfetch("${report}" + encodeURIComponent(process.argv[2]));\n`;
  await writeFile(join(folder, "xdg-open"), browser);
  await chmod(join(folder, "xdg-open"), 0o755);
  vi.stubEnv("PATH", [folder, process.env.PATH].join(delimiter));
  onTestFinished(() => void vi.unstubAllEnvs());

  const page = new URL("https://as.example/authorize?a=1&b=$(touch%20x)`id`;exit");
  await openBrowser(page);
  expect(await opened).toBe(page.href);
});

test.runIf(linux)("a machine without a browser says so", async () => {
  vi.stubEnv("PATH", "");
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(openBrowser(new URL("https://as.example/"))).rejects.toThrow("No browser");
});
