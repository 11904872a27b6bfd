import { describe, expectTypeOf, it } from "vitest";
import type { Values } from "./options.ts";

describe("the types of settings", () => {
  it("follow from the declarations", () => {
    const options = {
      on: { type: "boolean", description: "" },
      text: { type: "string", description: "" },
      word: { type: "string", default: "a", description: "" },
      choice: { type: "string", choices: ["a", "b"], default: "a", description: "" },
      maybe: { type: "string", choices: ["a", "b"], description: "" },
      file: { type: "path", description: "" },
      count: { type: "integer", description: "" },
      size: { type: "integer", default: 1, description: "" },
      names: { type: "list", description: "" },
    } as const;
    expectTypeOf<Values<typeof options>>().toEqualTypeOf<{
      readonly on: boolean;
      readonly text: string | undefined;
      readonly word: string;
      readonly choice: "a" | "b";
      readonly maybe: "a" | "b" | undefined;
      readonly file: string | undefined;
      readonly count: number | undefined;
      readonly size: number;
      readonly names: readonly string[];
    }>();
  });
});
