import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { readArchive } from "./archive.ts";
import { LogError } from "./error.ts";

const everything = () => true;

function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([name, contents]) => [
    name,
    typeof contents === "string" ? strToU8(contents) : contents,
  ]);
  return zipSync(Object.fromEntries(entries));
}

test("wanted files are read, others and folders are not", async () => {
  const zip = zipOf({ "0_build.txt": "whole log", "build/1_Set up job.txt": "one step" });
  const files = await readArchive(zip, (name) => !name.includes("/"));
  expect(files).toEqual([{ name: "0_build.txt", bytes: Buffer.from("whole log") }]);
});

test.each(["../evil.txt", "a/../../evil.txt", "/etc/passwd", "C:\\evil.txt", "..\\evil.txt"])(
  "an archive with a file called %s is refused (GH8, zip slip)",
  async (name) => {
    await expect(readArchive(zipOf({ [name]: "x" }), everything)).rejects.toThrow(
      "The archive holds a file whose name leads out of it; it was not read.",
    );
  },
);

test("an archive that unpacks to far more than it is is not read on (GH8, zip bomb)", async () => {
  const zip = zipOf({ "0_build.txt": new Uint8Array(20_000_000) });
  expect(zip.byteLength).toBeLessThan(50_000);
  await expect(readArchive(zip, everything)).rejects.toThrow("more than 300 times its size");
});

test("more bytes than the limit are refused", async () => {
  const zip = zipOf({ a: "x".repeat(600), b: "y".repeat(600) });
  const limits = { files: 10, bytes: 1_000, ratio: 300 };
  await expect(readArchive(zip, everything, limits)).rejects.toThrow("job_id");
});

test("more files than the limit are refused, wanted or not", async () => {
  const zip = zipOf({ a: "", b: "", c: "" });
  const limits = { files: 2, bytes: 1_000, ratio: 300 };
  await expect(readArchive(zip, () => false, limits)).rejects.toThrow("more than 2 files");
});

test("an archive that lies about the size of a file is refused", async () => {
  const zip = zipOf({ a: "x".repeat(5_000) });
  const directory = Buffer.from(zip).lastIndexOf("PK\u0001\u0002");
  new DataView(zip.buffer, zip.byteOffset).setUint32(directory + 24, 10, true);
  await expect(readArchive(zip, everything)).rejects.toThrow("damaged or no ZIP");
});

test("whatever bytes come, it is files or one sentence", async () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  const damage = fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 255 }));
  const damaged = fc.array(damage, { minLength: 1, maxLength: 8 }).map((changes) => {
    const zip = zipOf({ "a.txt": "hello hello hello", "b/c.txt": "there" });
    for (const [at, value] of changes) zip[at % zip.byteLength] = value;
    return zip;
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(bytes, damaged), async (zip) => {
      const outcome = await readArchive(zip, everything).catch((error: unknown) => error);
      expect(Array.isArray(outcome) || outcome instanceof LogError).toBe(true);
    }),
    { seed: 5, numRuns: 300 },
  );
});
