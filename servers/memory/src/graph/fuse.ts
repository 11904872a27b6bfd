/** Damps the lead of first places; the value its authors found to work (Cormack, Clarke and Büttcher, 2009). */
const DAMPING = 60;

/** Reciprocal rank fusion: one ranking of several, by places only, so that their scores need not compare. Best first. */
export function fuse<Id>(rankings: readonly (readonly Id[])[]): { id: Id; score: number }[] {
  const scores = new Map<Id, number>();
  for (const ranking of rankings) {
    for (const [place, id] of ranking.entries()) {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (DAMPING + place + 1));
    }
  }
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .sort((one, other) => other.score - one.score);
}

/** A vector of length 1 in the same direction, so that a product of two is their cosine; zero stays zero. */
export function unit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  return length === 0 || !Number.isFinite(length) ? vector : vector.map((value) => value / length);
}

/** The product of two vectors; 0 where their lengths differ. */
export function product(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) return 0;
  let sum = 0;
  for (let index = 0; index < one.length; index++) {
    sum += (one[index] as number) * (other[index] as number);
  }
  return sum;
}
