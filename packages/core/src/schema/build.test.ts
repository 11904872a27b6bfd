import { expectTypeOf, test } from "vitest";
import { s } from "./build.ts";
import type { Output } from "./standard.ts";

test("a schema's type follows from its constructors", () => {
  const file = s.object({
    path: s.string(),
    lines: s.optional(s.array(s.integer())),
    kind: s.enum(["a", "b"]),
  });
  expectTypeOf<Output<typeof file>>().toEqualTypeOf<{
    path: string;
    lines?: number[];
    kind: "a" | "b";
  }>();
});
