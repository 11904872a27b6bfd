/**
 * The same names, each once: what occurs again gets a number, as in `id`, `id_2`, so that no column of an object
 * hides another.
 */
export function distinct(names: readonly string[]): string[] {
  if (new Set(names).size === names.length) return [...names];
  const all = new Set(names);
  const used = new Set<string>();
  return names.map((name) => {
    let chosen = name;
    for (let number = 2; used.has(chosen) || (chosen !== name && all.has(chosen)); number++) {
      chosen = `${name}_${number}`;
    }
    used.add(chosen);
    return chosen;
  });
}
