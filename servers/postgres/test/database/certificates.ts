import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Files of a certificate authority of this run, and what it signed. */
export interface Certificates {
  readonly root: string;
  readonly server: { readonly certificate: string; readonly key: string };
  /** For the user `certified`; its key is protected with `key password`. */
  readonly client: { readonly certificate: string; readonly key: string };
  /** An authority that signed nothing. */
  readonly strange: string;
}

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];

/** Makes them with openssl, as Node has nothing that does; undefined where there is none. */
export function makeCertificates(): Certificates | undefined {
  if (spawnSync("openssl", ["version"]).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "pg-tls-"));
  chmodSync(folder, 0o755);
  const at = (name: string) => join(folder, name);
  authority(at("root"), "root");
  authority(at("strange"), "strange");
  writeFileSync(at("extensions"), "subjectAltName=DNS:localhost\n");
  signed(at, "server", "localhost", ["-nodes"], ["-extfile", at("extensions")]);
  signed(at, "client", "certified", ["-passout", "pass:key password"], []);
  // PostgreSQL wants the key to be its own and nobody else's; as root it runs as nobody.
  if (process.getuid?.() === 0) chownSync(at("server.key"), 65534, 65534);
  chmodSync(at("server.key"), 0o600);
  return {
    root: at("root.crt"),
    strange: at("strange.crt"),
    server: { certificate: at("server.crt"), key: at("server.key") },
    client: { certificate: at("client.crt"), key: at("client.key") },
  };
}

function authority(path: string, name: string): void {
  const out = ["-keyout", `${path}.key`, "-out", `${path}.crt`];
  openssl(["req", "-x509", "-nodes", "-days", "1", "-subj", `/CN=${name}`, ...KEY, ...out]);
}

function signed(
  at: (name: string) => string,
  name: string,
  subject: string,
  protection: readonly string[],
  extensions: readonly string[],
): void {
  const [key, request, certificate] = ["key", "csr", "crt"].map((kind) => at(`${name}.${kind}`));
  const out = ["-keyout", key!, "-out", request!];
  openssl(["req", "-new", "-subj", `/CN=${subject}`, ...KEY, ...protection, ...out]);
  const by = ["-CA", at("root.crt"), "-CAkey", at("root.key"), "-CAcreateserial"];
  openssl([
    "x509",
    "-req",
    "-in",
    request!,
    "-days",
    "1",
    ...by,
    "-out",
    certificate!,
    ...extensions,
  ]);
}

function openssl(parameters: readonly string[]): void {
  const { status, stderr } = spawnSync("openssl", parameters, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}
