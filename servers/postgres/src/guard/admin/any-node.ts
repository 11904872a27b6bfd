import type { Fields } from "../parser.ts";

/** Every object of a tree, of whatever grammar, with the field or type it stands under. */
export function* everyObject(root: Fields): Generator<readonly [string, Fields]> {
  const waiting: [string, unknown][] = [["", root]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [name, value] = next;
    if (Array.isArray(value)) waiting.push(...value.map((item): [string, unknown] => [name, item]));
    else if (typeof value === "object" && value !== null) {
      yield [name, value as Fields];
      waiting.push(...Object.entries(value));
    }
  }
}
