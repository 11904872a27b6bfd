import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { startAndStop } from "./programs.ts";

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly secrets?: readonly string[];
}

const file = readFileSync(join(import.meta.dirname, "../compose.yaml"), "utf8");
const { services } = parse(file, { merge: true }) as { services: Record<string, Service> };
const ours = Object.entries(services).filter(([name]) => name !== "database");

test("compose.yaml has the servers it promises, and their database", () => {
  expect(Object.keys(services)).toEqual(["filesystem", "memory", "postgres", "database"]);
});

describe.each(ours)("%s of compose.yaml", (name, { environment, ...service }) => {
  test("starts as it is told there, and ends when it is asked to", async () => {
    // The wrong password is as good: nothing is connected before the first call.
    const env = { ...environment, PORTICO_HOST: "0.0.0.0", PGPASSWORD: "none" };
    const probes = ["/healthz"];
    const ran = await startAndStop({ server: name, args: service.command ?? [], env, probes });
    expect(ran).toEqual({ answers: [200], exitCode: 0 });
  });

  test("runs the image of its name, from wherever the images are", () => {
    expect(service.image).toBe(`\${PORTICO_IMAGES:-portico}/${name}:\${PORTICO_VERSION:-latest}`);
  });

  test("is reached from this machine only, and can change nothing but its data", () => {
    expect(service.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+:3000$/)]);
    expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"], secrets: ["tokens"] });
  });
});
