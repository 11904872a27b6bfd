/**
 * Where an address leads: to anyone, to this machine, to a private network, or nowhere a request for
 * metadata has business (link-local, where clouds keep their credentials; multicast; documentation; tunnels).
 */
export type AddressKind = "public" | "loopback" | "private" | "reserved";

type Range = readonly [cidr: string, kind: AddressKind];

// IANA special-purpose address registries; the first range that holds an address decides.
const V4: readonly Range[] = [
  ["127.0.0.0/8", "loopback"],
  ["10.0.0.0/8", "private"],
  ["172.16.0.0/12", "private"],
  ["192.168.0.0/16", "private"],
  ["100.64.0.0/10", "private"],
  ["0.0.0.0/8", "reserved"],
  ["169.254.0.0/16", "reserved"],
  ["192.0.0.0/24", "reserved"],
  ["192.0.2.0/24", "reserved"],
  ["192.88.99.0/24", "reserved"],
  ["198.18.0.0/15", "reserved"],
  ["198.51.100.0/24", "reserved"],
  ["203.0.113.0/24", "reserved"],
  ["224.0.0.0/3", "reserved"],
];

const V6: readonly Range[] = [
  ["::1/128", "loopback"],
  ["fc00::/7", "private"],
  ["2001::/23", "reserved"],
  ["2001:db8::/32", "reserved"],
  ["2002::/16", "reserved"],
  ["3fff::/20", "reserved"],
  ["2000::/3", "public"],
];

/** Says where an IP address leads; undefined for text that is not an IP address. */
export function addressKind(address: string): AddressKind | undefined {
  const v4 = parseV4(address);
  if (v4 !== undefined) return kindOf(V4, v4, 32) ?? "public";
  const v6 = parseV6(address);
  if (v6 === undefined) return undefined;
  const embedded = v6 & 0xffff_ffffn;
  // An IPv4 address in IPv6 clothes leads where the IPv4 address leads.
  if (v6 >> 32n === 0xffffn) return kindOf(V4, embedded, 32) ?? "public";
  if (v6 >> 32n === 0x64_ff9bn << 64n) return kindOf(V4, embedded, 32) ? "reserved" : "public";
  return kindOf(V6, v6, 128) ?? "reserved";
}

function kindOf(ranges: readonly Range[], address: bigint, bits: number): AddressKind | undefined {
  for (const [cidr, kind] of ranges) {
    const [base = "", length = ""] = cidr.split("/");
    const network = bits === 32 ? parseV4(base) : parseV6(base);
    const shift = BigInt(bits - Number(length));
    if (network !== undefined && address >> shift === network >> shift) return kind;
  }
  return undefined;
}

function parseV4(text: string): bigint | undefined {
  const octets = text.split(".");
  if (octets.length !== 4) return undefined;
  let value = 0n;
  for (const octet of octets) {
    if (!/^(0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255) return undefined;
    value = (value << 8n) | BigInt(octet);
  }
  return value;
}

function parseV6(text: string): bigint | undefined {
  const [address = ""] = text.replace(/^\[|\]$/g, "").split("%");
  const halves = address.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (!head || (halves.length === 2 && !tail)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<bigint>(missing).fill(0n), ...(tail ?? [])];
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

function groupsOf(half: string): bigint[] | undefined {
  if (half === "") return [];
  const groups: bigint[] = [];
  for (const part of half.split(":")) {
    const v4 = part.includes(".") ? parseV4(part) : undefined;
    if (v4 !== undefined) groups.push(v4 >> 16n, v4 & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
