import { OAuthError } from "../oauth-error.ts";
import { lockedFile } from "./lock.ts";
import { replaceFile } from "./replace-file.ts";
import { type Sealer, sealer } from "./sealer.ts";
import type { SecretStore } from "./secret-store.ts";

/** Where {@link fileStore} keeps its files. */
export interface FileStoreOptions {
  /** A folder of the user's own; it is made if there is none. */
  readonly folder: string;
  /**
   * 32 bytes to encrypt with, from a key chain for instance. Default: those in `key` in the folder, made at first: they
   * keep the secrets from whoever gets some of the files, and not from whoever gets all.
   */
  readonly key?: Uint8Array;
}

/**
 * Keeps secrets in files, one each, encrypted with AES-256-GCM and readable by their owner only. A file is replaced
 * whole or not at all, so several processes may share a folder.
 * @throws {OAuthError} at first use, when the key is unfit or others can read it
 */
export function fileStore({ folder, key }: FileStoreOptions): SecretStore {
  let opened: Promise<Vault> | undefined;
  const open = () => {
    opened ??= openVault(folder, key);
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  return {
    async get(name) {
      const vault = await open();
      const { readFile } = await import("node:fs/promises");
      const sealed = await readFile(await vault.path(name)).catch(nothingIfMissing);
      return sealed && vault.unseal(name, sealed);
    },
    async set(name, value) {
      const vault = await open();
      await replaceFile(await vault.path(name), await vault.seal(name, value));
    },
    async delete(name) {
      const vault = await open();
      const { rm } = await import("node:fs/promises");
      await rm(await vault.path(name), { force: true });
    },
    async exclusively(name, work) {
      const vault = await open();
      return lockedFile(await vault.path(name), work);
    },
  };
}

interface Vault extends Sealer {
  path(name: string): Promise<string>;
}

async function openVault(folder: string, given: Uint8Array | undefined): Promise<Vault> {
  const { mkdir } = await import("node:fs/promises");
  const { join } = await import("node:path");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const bytes = given ?? (await keyFile(join(folder, "key")));
  if (bytes.byteLength !== 32) {
    throw new OAuthError(
      "The key of the token store is not 32 bytes long; give one that is, or delete the key file.",
    );
  }
  const [sealed, naming] = await Promise.all([sealer(bytes), namingKey(bytes)]);
  return {
    ...sealed,
    async path(name) {
      const mac = await crypto.subtle.sign("HMAC", naming, new TextEncoder().encode(name));
      return join(folder, `${Buffer.from(mac).toString("hex")}.sealed`);
    },
  };
}

function namingKey(bytes: Uint8Array) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", Uint8Array.from(bytes), algorithm, false, ["sign"]);
}

/** The key in a file, made when there is none; of two who make it at once, one wins and both use it. */
async function keyFile(path: string): Promise<Uint8Array> {
  const { link, readFile, rm, stat, writeFile } = await import("node:fs/promises");
  if (!(await stat(path).catch(nothingIfMissing))) {
    const fresh = `${path}.${crypto.randomUUID()}`;
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    try {
      await writeFile(fresh, bytes, { mode: 0o600, flag: "wx" });
      await link(fresh, path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      });
    } finally {
      await rm(fresh, { force: true });
    }
  }
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new OAuthError(
      `Others can read the key of the token store; run chmod 600 on the file "key" in its folder.`,
    );
  }
  return readFile(path);
}

function nothingIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
