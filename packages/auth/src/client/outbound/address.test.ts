import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressKind } from "./address.ts";

const seed = 20261122;

describe("an address leads", () => {
  test.each([
    ["8.8.8.8", "public"],
    ["192.0.1.1", "public"],
    ["172.32.0.1", "public"],
    ["127.255.0.3", "loopback"],
    ["10.0.0.1", "private"],
    ["172.31.255.255", "private"],
    ["192.168.1.1", "private"],
    ["100.100.100.200", "private"],
    ["169.254.169.254", "reserved"],
    ["0.0.0.0", "reserved"],
    ["198.19.0.1", "reserved"],
    ["224.0.0.1", "reserved"],
    ["255.255.255.255", "reserved"],
    ["2606:4700::1111", "public"],
    ["[2606:4700::1111]", "public"],
    ["::1", "loopback"],
    ["[::1]", "loopback"],
    ["fd00::1", "private"],
    ["::", "reserved"],
    ["fe80::1%eth0", "reserved"],
    ["ff02::1", "reserved"],
    ["2001:db8::1", "reserved"],
    ["fec0::1", "reserved"],
  ])("%s: %s", (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });

  test.each([
    ["mapped", "::ffff:127.0.0.1", "loopback"],
    ["mapped, in hex", "::ffff:a9fe:a9fe", "reserved"],
    ["mapped and public", "::ffff:8.8.8.8", "public"],
    ["NAT64", "64:ff9b::10.0.0.1", "reserved"],
    ["NAT64 and public", "64:ff9b::8.8.8.8", "public"],
    ["6to4", "2002:7f00:1::", "reserved"],
    ["Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "reserved"],
    ["compatible", "::127.0.0.1", "reserved"],
  ])("where the IPv4 address in it leads, or nowhere: %s", (_, address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });
});

test.each([
  "example.com",
  "",
  "1.2.3",
  "1.2.3.4.5",
  "01.2.3.4",
  "256.1.1.1",
  "1::2::3",
  ":::",
  "g::1",
])("%j is no address", (text) => {
  expect(addressKind(text)).toBeUndefined();
});

test("every IPv4 address has a kind, the same as when it is mapped into IPv6", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(addressKind(address)).toBeDefined();
      expect(addressKind(`::ffff:${address}`)).toBe(addressKind(address));
    }),
    { seed },
  );
});

test("what Node takes for an address has a kind, and nothing else does", () => {
  const texts = fc.oneof(fc.ipV6(), fc.ipV4(), fc.stringMatching(/^[0-9a-f:.]{1,40}$/));
  fc.assert(
    fc.property(texts, (text) => {
      expect(addressKind(text) !== undefined).toBe(isIP(text) !== 0);
    }),
    { seed, numRuns: 2000 },
  );
});
