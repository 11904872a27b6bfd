import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { since } from "./marks.ts";

const icon = define("Icon", () =>
  since(
    "2025-11-25",
    s.object({
      src: s.string({ format: "uri" }),
      mimeType: s.optional(s.string()),
      sizes: s.optional(s.array(s.string())),
      theme: s.optional(s.enum(["light", "dark"])),
    }),
  ),
);
/** A picture to show for something; `sizes` are `48x48`, or `any` for what scales. */
export interface Icon extends Output<typeof icon> {}
export const Icon: Definition<Icon> = icon;

/** The fields of everything that has a name for programs and a title for people. */
export const namedFields = { name: s.string(), title: since("2025-06-18", s.string()) };

/** The field of everything that may be shown with a picture. */
export const iconFields = { icons: since("2025-11-25", s.array(Icon)) };

const implementation = define("Implementation", () =>
  s.object({
    ...namedFields,
    ...iconFields,
    version: s.string(),
    description: since("2025-11-25", s.string()),
    websiteUrl: since("2025-11-25", s.string({ format: "uri" })),
  }),
);
/** The name and version of the program at one end of a connection. */
export interface Implementation extends Output<typeof implementation> {}
export const Implementation: Definition<Implementation> = implementation;
