import type { Package } from "./packages.ts";

/** What the bill is of. */
interface Subject {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/**
 * The software bill of materials of a server, as CycloneDX 1.6 in JSON: every package that is in its bundle or is
 * installed beside it. The same inputs give the same text, so that builds can be compared.
 */
export function billOfMaterials(subject: Subject, packages: readonly Package[]): string {
  const { name, version, license } = subject;
  const components = packages
    .map((one) =>
      component({ name: one.name, version: one.version, license: one.licence }, "library"),
    )
    .sort((one, other) => (one.purl < other.purl ? -1 : 1))
    .filter(({ purl }, index, all) => purl !== all[index - 1]?.purl);
  const bill = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: component({ name, version, license }, "application") },
    components,
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

function component({ name, version, license }: Subject, type: "application" | "library") {
  // Package URL: https://github.com/package-url/purl-spec, where a scope's @ is escaped.
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return { type, "bom-ref": purl, name, version, purl, licenses: [{ expression: license }] };
}
