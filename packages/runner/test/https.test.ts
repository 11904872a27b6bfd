import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { webSocketClient } from "@portico/core/websocket";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { runToEnd, ServerProcess } from "./server-process.ts";

const folder = mkdtempSync(join(tmpdir(), "portico-runner-tls-"));
afterAll(() => rm(folder, { recursive: true }));
const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];

/** A certificate of this run for localhost. Node has nothing that makes one. */
const { status } = spawnSync(
  "openssl",
  [
    ["req", "-x509", "-nodes", "-days", "1", "-subj", "/CN=localhost"],
    ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
    ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
    ["-keyout", key, "-out", cert],
  ].flat(),
);

describe.skipIf(status !== 0)("a server with a certificate (made with openssl)", () => {
  it("serves HTTPS", async () => {
    const server = new ServerProcess([
      "--transport=http",
      "--port=0",
      `--tls-cert=${cert}`,
      `--tls-key=${key}`,
    ]);
    onTestFinished(() => void server.child.kill());
    const url = await server.listening();
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/mcp$/);
    const answered = new Promise((resolve, reject) => {
      get(new URL("/healthz", url), { ca: readFileSync(cert) }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on("error", reject);
    });
    expect(await answered).toBe(200);
  });

  it("is not taken for another by a WebSocket client that does not know the certificate", async () => {
    const server = new ServerProcess([
      "--transport=http",
      "--port=0",
      `--tls-cert=${cert}`,
      `--tls-key=${key}`,
    ]);
    onTestFinished(() => void server.child.kill());
    const url = (await server.listening()).replace("https", "wss");
    const end = await new Promise<Error | undefined>((closed) => {
      const transport = webSocketClient(url, { headers: { "X-Test": "1" } });
      transport.start({ message() {}, damaged() {}, closed });
    });
    expect(end?.message).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  it("says that what it was given is no certificate", async () => {
    const broken = join(folder, "broken.pem");
    writeFileSync(broken, "nonsense");
    const { code, stderr } = await runToEnd([
      "--transport=http",
      `--tls-cert=${broken}`,
      `--tls-key=${key}`,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain("The certificate and its key cannot be used (ERR_OSSL_");
  });
});
