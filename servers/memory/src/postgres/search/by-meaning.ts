import { product, unit } from "../../graph/fuse.ts";
import type { Meaning } from "../../graph/types.ts";
import type { Reading } from "../reading.ts";
import { FITS, type Filter, type Hit } from "./by-words.ts";

/** Vectors that are compared exactly; the server chooses them by the signs of their numbers. */
const COMPARED = 400;

/** Entities that mean something near, nearest first. Entities are compared as they are now. */
export async function hitsByMeaning(
  { query, graph }: Reading,
  { model, values }: Meaning,
  filter: Filter,
): Promise<Hit[]> {
  const rows = await query<{ id: number; vector: Uint8Array }>(NEAREST, [
    graph,
    filter.entityTypes ?? null,
    filter.tags ?? [],
    model,
    values.length,
    signsOf(values),
    COMPARED,
  ]);
  const wanted = unit(values);
  return rows
    .map(({ id, vector }) => ({ id, score: product(wanted, vectorOf(vector)) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || other.id - one.id);
}

/** One bit for each number: whether it is positive. Near vectors differ in few. */
export function signsOf(values: Float32Array): string {
  return Array.from(values, (value) => (value > 0 ? "1" : "0")).join("");
}

/** A vector as it is kept: of length 1. */
export function bytesOf(vector: Float32Array): Buffer {
  const values = unit(vector);
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes;
}

function vectorOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) =>
    view.getFloat32(index * 4, true),
  );
}

const NEAREST = `
  SELECT v.entity AS id, v.vector FROM portico_memory.vector v
  JOIN portico_memory.head h ON h.graph = $1 AND h.entity = v.entity AND h.until IS NULL
  WHERE v.graph = $1 AND v.model = $4 AND v.dimensions = $5 AND ${FITS}
  ORDER BY bit_count(v.signs # $6::varbit), v.entity DESC LIMIT $7`;
