/** Tells whether so many milliseconds have gone by since. */
export function timer(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() >= end;
}
