import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { transform } from "esbuild";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bundleServer } from "./server.ts";

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "portico-bundle-"));
  await write("package.json", JSON.stringify({ name: "demo", engines: { node: ">=22.13" } }));
  await addPackage("eager", "export const eager = 'eager'; globalThis.evaluated = ['eager'];");
  await addPackage("lazy", "export const lazy = 'lazy'; globalThis.evaluated.push('lazy');");
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), text);
}

async function addPackage(name: string, code: string, manifest: object = { license: "MIT" }) {
  const base = { name, version: "1.2.3", type: "module", exports: "./index.js" };
  await write(`node_modules/${name}/package.json`, JSON.stringify({ ...base, ...manifest }));
  await write(`node_modules/${name}/index.js`, code);
  await write(`node_modules/${name}/LICENSE`, `Terms of ${name}.`);
}

async function bundle(main: string): Promise<void> {
  await write("src/main.ts", main);
  await bundleServer(dir);
}

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [...args], { encoding: "utf8" });
}

/** What the runner says once it serves. */
const SERVING = `process.emit("portico:serving");`;

describe("a bundled server", () => {
  test("runs without its dependencies installed", async () => {
    await bundle(`import { eager } from "eager"; console.log(eager satisfies string);`);
    await rm(join(dir, "node_modules"), { recursive: true });
    expect(run(join(dir, "dist/main.cjs")).stdout).toBe("eager\n");
  });

  test("keeps a lazily imported package in a file of its own, unread until it is used", async () => {
    await bundle(`
      import "eager";
      const use = async () => (await import("lazy")).lazy;
      console.log(globalThis.evaluated.join());
      if (process.argv.includes("use")) use().then((name) => console.log(name, globalThis.evaluated.join()));
    `);
    const main = join(dir, "dist/main.cjs");
    expect(run(main, "use").stdout).toBe("eager\nlazy eager,lazy\n");
    await rm(join(dir, "dist/vendor/lazy.cjs"));
    expect(run(main).stdout).toBe("eager\n");
  });

  test("keeps a lazily imported module of its own apart, which shares the rest with it", async () => {
    await write("src/shared.ts", "export class Shared {}");
    await write(
      "src/later.ts",
      `import { Shared } from "./shared.ts"; export const made = new Shared();`,
    );
    await bundle(`
      import { Shared } from "./shared.ts";
      const use = async () => (await import("./later.ts")).made instanceof Shared;
      if (process.argv.includes("use")) use().then((same) => console.log(same));
      else console.log("started");
    `);
    const main = join(dir, "dist/main.cjs");
    expect(run(main, "use").stdout).toBe("true\n");
    await rm(join(dir, "dist/chunks"), { recursive: true });
    expect(run(main).stdout).toBe("started\n");
  });

  test("leaves its dependencies where they are installed, also what is imported from inside one", async () => {
    const dependencies = { lazy: "1.2.3" };
    const manifest = { name: "demo", engines: { node: ">=22.13" }, dependencies };
    await write("package.json", JSON.stringify(manifest));
    await addPackage("lazy", "", { license: "MIT", exports: { "./inside.js": "./inside.js" } });
    await write("node_modules/lazy/inside.js", "export const inside = import.meta.url;");
    await bundle(`import("lazy/inside.js").then(({ inside }) => console.log(inside));`);
    expect(run(join(dir, "dist/main.cjs")).stdout).toMatch(/node_modules\/lazy\/inside\.js\n$/);
  });

  test("says which module it cannot find", async () => {
    await expect(bundle(`import "./missing.ts";`)).rejects.toThrow("./missing.ts");
  });

  test("carries the licence of every package it contains", async () => {
    await bundle(`import "eager"; export const use = () => import("lazy");`);
    const text = await readFile(join(dir, "dist/THIRD-PARTY-LICENSES.txt"), "utf8");
    expect(text).toContain("eager 1.2.3 (MIT)\n\nTerms of eager.");
    expect(text).toContain("lazy 1.2.3 (MIT)\n\nTerms of lazy.");
  });

  test("lists every package it contains or needs beside it, as CycloneDX", async () => {
    const manifest = { name: "@demo/server", version: "2.0.0", license: "MIT" };
    const dependencies = { native: "1.2.3" };
    const engines = { node: ">=22.13" };
    await write("package.json", JSON.stringify({ ...manifest, engines, dependencies }));
    await addPackage("native", "", { license: "ISC", dependencies: { "@deep/down": "1.2.3" } });
    await addPackage("@deep/down", "", { license: "Apache-2.0" });
    await bundle(`import "eager"; import("lazy"); import("native");`);
    const bill = JSON.parse(await readFile(join(dir, "dist/sbom.cdx.json"), "utf8"));
    expect(bill).toMatchObject({
      bomFormat: "CycloneDX",
      metadata: { component: { type: "application", purl: "pkg:npm/%40demo/server@2.0.0" } },
    });
    expect(bill.components.map(({ purl }: { purl: string }) => purl)).toEqual([
      "pkg:npm/%40deep/down@1.2.3",
      "pkg:npm/eager@1.2.3",
      "pkg:npm/lazy@1.2.3",
      "pkg:npm/native@1.2.3",
    ]);
    expect(bill.components[0].licenses).toEqual([{ expression: "Apache-2.0" }]);
  });

  test("understands how old manifests name a licence", async () => {
    await addPackage("eager", "globalThis.eager = 1;", { licenses: [{ type: "MIT" }] });
    await bundle(`import "eager";`);
    const text = await readFile(join(dir, "dist/THIRD-PARTY-LICENSES.txt"), "utf8");
    expect(text).toContain("eager 1.2.3 (MIT)\n\nTerms of eager.");
  });

  test("is refused when a package in it names no licence", async () => {
    await addPackage("eager", "globalThis.evaluated = [];", {});
    await expect(bundle(`import "eager";`)).rejects.toThrow("eager names no licence");
  });

  test("drops files of an earlier build", async () => {
    await bundle(`export const use = () => import("lazy");`);
    await bundle(`import "eager";`);
    expect(existsSync(join(dir, "dist/vendor"))).toBe(false);
  });

  test("keeps compiled code in its own folder, and runs where it cannot", async () => {
    await bundle(`import "eager"; console.log("started");`);
    const main = join(dir, "dist/main.cjs");
    expect(run(main).stdout).toBe("started\n");
    expect(existsSync(join(dir, "dist/.compile-cache"))).toBe(true);

    await rm(join(dir, "dist/.compile-cache"), { recursive: true });
    await write("dist/.compile-cache", "a file where the folder would be");
    expect(run(main)).toMatchObject({ status: 0, stdout: "started\n", stderr: "" });
  });

  test("starts the second time from what was compiled while it served the first time", async () => {
    await bundle(
      `import "eager"; function greet(word) { console.log(word + " once"); } greet("hello"); ${SERVING}`,
    );
    const [main, server] = [join(dir, "dist/main.cjs"), join(dir, "dist/server.cjs")];
    expect(run(main).stdout).toBe("hello once\n");
    // V8 compares the length of the text alone, so this stays unseen unless the function is compiled again.
    await writeFile(server, (await readFile(server, "utf8")).replace("once", "anew"));
    expect(run(main).stdout).toBe("hello once\n");
  });

  test("keeps what was compiled of every file it had loaded when it served, and of its own alone", async () => {
    const dependencies = { outside: "1.2.3" };
    const manifest = { name: "demo", engines: { node: ">=22.13" }, dependencies };
    await write("package.json", JSON.stringify(manifest));
    await addPackage("outside", "", { license: "MIT", type: "commonjs", exports: "./index.cjs" });
    await write("node_modules/outside/index.cjs", "exports.outside = 'outside';");
    await write("src/early.ts", "export const early = 'early';");
    await write("src/late.ts", "export const late = 'late';");
    await bundle(`
      void (async () => {
        const { early } = await import("./early.ts");
        const { outside } = await import("outside");
        console.log(early, outside);
        ${SERVING}
        console.log((await import("./late.ts")).late);
      })();
    `);
    for (const _ of ["first start", "second start"]) {
      expect(run(join(dir, "dist/main.cjs")).stdout).toBe("early outside\nlate\n");
    }
    const kept = globSync("*.cjs-*", { cwd: join(dir, "dist/.compile-cache") });
    expect(kept.map((name) => name.replace(/-.{16}-v.*/, "")).sort()).toEqual([
      "chunks-early.cjs",
      "server.cjs",
    ]);
  });

  test("keeps nothing of a run that served nobody", async () => {
    await bundle(`import "eager"; console.log("help");`);
    run(join(dir, "dist/main.cjs"));
    expect(globSync("server.cjs-*", { cwd: join(dir, "dist/.compile-cache") })).toEqual([]);
  });

  test("compiles anew when what was kept does not fit", async () => {
    await bundle(`import "eager"; console.log("started"); ${SERVING}`);
    const [main, server] = [join(dir, "dist/main.cjs"), join(dir, "dist/server.cjs")];
    run(main);
    await writeFile(
      server,
      (await readFile(server, "utf8")).replace("started", "started otherwise"),
    );
    expect(run(main).stdout).toBe("started otherwise\n");
    const kept = join(dir, "dist/.compile-cache");
    const [name] = globSync("server.cjs-*", { cwd: kept });
    await writeFile(join(kept, name!), "damaged");
    expect(run(main)).toMatchObject({ status: 0, stdout: "started otherwise\n", stderr: "" });
    expect(globSync("server.cjs-*", { cwd: kept })).toEqual([name]);
  });

  test("can be executed directly", async () => {
    await bundle(`import "eager";`);
    const main = await stat(join(dir, "dist/main.cjs"));
    expect(main.mode & 0o111).toBe(process.platform === "win32" ? 0 : 0o111);
  });
});

describe("the version guard", () => {
  test("is text that any Node can parse", async () => {
    await bundle(`import "eager";`);
    const text = await readFile(join(dir, "dist/main.cjs"), "utf8");
    const es5 = await transform(text, { target: "es5", minifySyntax: false });
    const untouched = await transform(text);
    expect(es5.code).toBe(untouched.code);
  });

  test.each(["0.12.18", "12.22.12", "20.20.2", "22.12.0"])(
    "stops Node %s with one sentence",
    async (old) => {
      await bundle(`console.log("started");`);
      const pretend = `data:text/javascript,Object.defineProperty(process.versions, "node", { value: "${old}" })`;
      const result = run("--import", pretend, join(dir, "dist/main.cjs"));
      expect(result).toMatchObject({ status: 1, stdout: "" });
      expect(result.stderr).toBe(
        `demo needs Node 22.13 or newer; this is Node ${old}. Install a current Node and start it again.\n`,
      );
    },
  );

  test.each(["22.13.0", "23.0.0", "100.0.0"])("lets Node %s through", async (version) => {
    await bundle(`console.log("started");`);
    const pretend = `data:text/javascript,Object.defineProperty(process.versions, "node", { value: "${version}" })`;
    expect(run("--import", pretend, join(dir, "dist/main.cjs")).stdout).toBe("started\n");
  });

  test("refuses an engines range it cannot check", async () => {
    await write("package.json", JSON.stringify({ name: "demo", engines: { node: "^22 || >=24" } }));
    await expect(bundle(`import "eager";`)).rejects.toThrow('must look like ">=22.13"');
  });
});
