import { writeFileSync } from "node:fs";
import { removePostgres, startPostgres } from "@portico/testing-postgres";
import { builtIn } from "./catalogue.ts";
import { safeNames } from "./choice.ts";

// pnpm exec node --conditions=portico-source servers/postgres/test/guard/functions/generate.ts
const all = [];
for (const version of [15, 18] as const) {
  const server = await startPostgres({ version });
  all.push(...(await builtIn(server.url())));
  await removePostgres(server);
}

const lines = [""];
for (const name of safeNames(all)) {
  const line = `${lines.at(-1)} ${name}`.trim();
  if (line.length <= 110) lines[lines.length - 1] = line;
  else lines.push(name);
}

writeFileSync(
  new URL("../../../src/guard/functions/safe-names.ts", import.meta.url),
  `// Written by test/guard/functions/generate.ts from the catalogues of PostgreSQL 15 and 18. Do not edit.

/** Names that stand, in \`pg_catalog\`, for nothing but functions that only answer. */
export const safeNames: ReadonlySet<string> = new Set(
  \`
${lines.join("\n")}
\`
    .trim()
    .split(/\\s/),
);
`,
);
