import { expect, test } from "vitest";
import { binaryType, textOfBytes } from "./file-bytes.ts";
import { lfsPointer } from "./lfs.ts";

test("bytes are text when they are UTF-8 without NUL", () => {
  expect(textOfBytes(Buffer.from("grüß\n"))).toBe("grüß\n");
  expect(textOfBytes(Buffer.from([0x68, 0x00, 0x69]))).toBeUndefined();
  expect(textOfBytes(Buffer.from([0xff, 0xfe, 0x41]))).toBeUndefined();
  expect(textOfBytes(new Uint8Array())).toBe("");
});

test("other bytes are what they begin like", () => {
  expect(binaryType(Buffer.from("89504e470d0a1a0a00", "hex"))).toBe("image/png");
  expect(binaryType(Buffer.from("524946460000000057454250", "hex"))).toBe("image/webp");
  expect(binaryType(Buffer.from("ff00", "hex"))).toBe("application/octet-stream");
});

test("a pointer of Git LFS is recognised, and text about one is not", () => {
  const oid = `sha256:${"4d".repeat(32)}`;
  const pointer = `version https://git-lfs.github.com/spec/v1\noid ${oid}\nsize 12345\n`;
  expect(lfsPointer(pointer)).toEqual({ oid, size: 12_345 });
  expect(lfsPointer(`See:\n${pointer}`)).toBeUndefined();
  expect(lfsPointer(pointer + " ".repeat(1024))).toBeUndefined();
});
