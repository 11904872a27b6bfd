/** A published server, as its entry has to know it. */
interface Published {
  /** The npm package. */
  readonly name: string;
  /** Its `engines.node`, which must have the form `>=MAJOR.MINOR`. */
  readonly engines: string;
  /** Tells the text of this `server.cjs` from that of any other. */
  readonly digest: string;
}

/**
 * Writes the entry of a published server: checks the running Node and only then loads the server, from what V8 has
 * compiled of it before. That is kept in the package's own folder, where only those can write who can change the code
 * as well. Where the folder is read-only nothing is kept.
 *
 * Node's own compile cache, which the other files have, keeps a file as it is before it runs: without the functions that
 * are compiled when they are first called, which every start would compile again.
 *
 * The text is ES5, because a Node too old for the server must still be able to parse the sentence that says so.
 *
 * @throws when `engines` has another form
 */
export function guard({ name, engines, digest }: Published): string {
  const range = /^>=(\d+)\.(\d+)$/.exec(engines);
  if (!range)
    throw new Error(`engines.node of ${name} must look like ">=22.13", not "${engines}".`);
  const [, major, minor] = range;
  return `#!/usr/bin/env node
"use strict";
var running = process.versions.node.split(".").map(Number);
if (running[0] < ${major} || (running[0] === ${major} && running[1] < ${minor})) {
  console.error("${name} needs Node ${major}.${minor} or newer; this is Node " + process.versions.node + ". Install a current Node and start it again.");
  process.exitCode = 1;
} else {
  var folder = __dirname + "/.compile-cache";
  require("module").enableCompileCache(folder);
  load(require("path").join(__dirname, "server.cjs"), folder + "/server-${digest}-" + process.version + "-" + process.arch);
}
${load}${keep}`;
}

/** What `require(file)` does, with `vm.Script`, because only that can say what was compiled while it ran. */
const load = `
function load(file, compiled) {
  var fs = require("fs");
  var Module = require("module");
  var code;
  try {
    code = fs.readFileSync(compiled);
  } catch (error) {}
  var text = Module.wrap(fs.readFileSync(file, "utf8"));
  var script = new (require("vm").Script)(text, { filename: file, cachedData: code });
  if (!code || script.cachedDataRejected) keep(script, compiled);
  var server = new Module(file, module);
  server.filename = file;
  server.paths = module.paths;
  require.cache[file] = server;
  script.runInThisContext().call(server.exports, server.exports, Module.createRequire(file), server, file, __dirname);
  server.loaded = true;
}
`;

/**
 * Three seconds after the runner says that it serves, or at the end when that comes first; later V8 forgets functions
 * that are called no more. `--help` and the like, which call few, never say it, and nothing is kept of them.
 * V8 does not look whether what it is given is damaged, so the file must be whole under its name.
 */
const keep = `
function keep(script, compiled) {
  var fs = require("fs");
  var timer;
  process.once("portico:serving", function () {
    timer = setTimeout(write, 3000);
    timer.unref();
    process.once("exit", write);
  });
  function write() {
    clearTimeout(timer);
    process.removeListener("exit", write);
    var part = compiled + "." + process.pid;
    try {
      fs.writeFileSync(part, script.createCachedData(), { mode: 384, flush: true });
      fs.renameSync(part, compiled);
    } catch (error) {
      try {
        fs.unlinkSync(part);
      } catch (none) {}
    }
  }
}
`;
