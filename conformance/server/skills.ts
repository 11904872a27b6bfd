import { skill } from "@portico/core/extensions/skills";

const MANIFEST = `---
name: pdf-processing
description: Extract, fill and assemble PDF documents
metadata:
  version: "2.1.0"
---

# PDF processing

Read [the notes on forms](references/forms.md), then pick a template from \`templates/\`.
`;

/** One skill with files in folders of its folder. */
export const skillsServed = [
  await skill({
    path: "documents/pdf-processing",
    files: {
      "SKILL.md": MANIFEST,
      "references/forms.md": "# Forms\n\nFill in every field that is marked as required.\n",
      "templates/invoice.md": "# Invoice\n",
      "templates/regional/eu-invoice.md": "# Invoice for the EU\n",
      "scripts/extract.py": "print('Nothing to extract.')\n",
    },
  }),
];
