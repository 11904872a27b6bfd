import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { fileStore } from "./file-store.ts";

async function folder() {
  const parent = await mkdtemp(join(tmpdir(), "portico-store-"));
  onTestFinished(() => rm(parent, { recursive: true }));
  return join(parent, "tokens");
}

const sealedIn = async (place: string) =>
  (await readdir(place)).filter((name) => name !== "key").map((name) => join(place, name));
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

test("what is kept is there for the next run, until it is deleted", async () => {
  const place = await folder();
  await fileStore({ folder: place }).set("tokens", "secret ä");
  const next = fileStore({ folder: place });
  expect(await next.get("tokens")).toBe("secret ä");
  expect(await next.get("others")).toBeUndefined();
  await next.set("tokens", "newer");
  expect(await next.get("tokens")).toBe("newer");
  await next.delete("tokens");
  await next.delete("tokens");
  expect(await next.get("tokens")).toBeUndefined();
});

// Windows has no file modes.
test.skipIf(process.platform === "win32")("nobody but the owner can read it", async () => {
  const place = await folder();
  await fileStore({ folder: place }).set("tokens", "secret");
  expect(await modeOf(place)).toBe(0o700);
  for (const path of [join(place, "key"), ...(await sealedIn(place))]) {
    expect(await modeOf(path)).toBe(0o600);
  }
});

test("neither names nor values can be read in the files", async () => {
  const place = await folder();
  await fileStore({ folder: place }).set("issuer.example", "secret-token");
  const [path = ""] = await sealedIn(place);
  expect(path + (await readFile(path, "latin1"))).not.toMatch(/issuer|secret/);
});

describe("a file is taken for missing", () => {
  test("when a bit of it was changed", async () => {
    const place = await folder();
    const store = fileStore({ folder: place });
    await store.set("tokens", "secret");
    const [path = ""] = await sealedIn(place);
    const bytes = await readFile(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(path, bytes);
    expect(await store.get("tokens")).toBeUndefined();
    await writeFile(path, "short");
    expect(await store.get("tokens")).toBeUndefined();
  });

  test("when it was put in another's place", async () => {
    const place = await folder();
    const store = fileStore({ folder: place });
    await store.set("of one issuer", "secret");
    const [path = ""] = await sealedIn(place);
    await store.set("of another", "public");
    const other = (await sealedIn(place)).find((one) => one !== path) ?? "";
    await rename(path, other);
    expect(await store.get("of another")).toBeUndefined();
  });

  test("when it was sealed with another key", async () => {
    const place = await folder();
    await fileStore({ folder: place, key: new Uint8Array(32).fill(1) }).set("tokens", "secret");
    const other = fileStore({ folder: place, key: new Uint8Array(32).fill(2) });
    expect(await other.get("tokens")).toBeUndefined();
  });
});

test("a key of the caller's is never written down", async () => {
  const place = await folder();
  await fileStore({ folder: place, key: new Uint8Array(32).fill(1) }).set("tokens", "secret");
  expect(await readdir(place)).not.toContain("key");
});

// Windows has no file modes.
test.skipIf(process.platform === "win32")("a key that others can read is refused", async () => {
  const place = await folder();
  const store = fileStore({ folder: place });
  await store.set("tokens", "secret");
  await chmod(join(place, "key"), 0o640);
  await expect(fileStore({ folder: place }).get("tokens")).rejects.toThrow("chmod 600");
});

test("a key of the wrong length is refused", async () => {
  const store = fileStore({ folder: await folder(), key: new Uint8Array(16) });
  await expect(store.set("tokens", "secret")).rejects.toThrow("not 32 bytes long");
});

test("many who begin at once agree on one key, and leave nothing half-written", async () => {
  const place = await folder();
  const stores = Array.from({ length: 8 }, () => fileStore({ folder: place }));
  await Promise.all(stores.map((store, index) => store.set("tokens", `value ${index}`)));
  const values = await Promise.all(stores.map((store) => store.get("tokens")));
  expect(new Set(values).size).toBe(1);
  expect(values[0]).toMatch(/^value \d$/);
  expect(await readdir(place)).toHaveLength(2);
});
