/** A published server, as its entry has to know it. */
interface Published {
  /** The npm package. */
  readonly name: string;
  /** Its `engines.node`, which must have the form `>=MAJOR.MINOR`. */
  readonly engines: string;
  /** Tells the texts of these files from those of any other build. */
  readonly digest: string;
}

/**
 * Writes the entry of a published server: checks the running Node and only then loads the server, from what V8 has
 * compiled of it before. That is kept in the package's own folder, where only those can write who can change the code
 * as well. Where the folder is read-only nothing is kept.
 *
 * Node's own compile cache, which files that are loaded later have, keeps a file as it is before it runs: without the
 * functions that are compiled when they are first called, which every start would compile again.
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
  loadCompiled(folder + "/", "-${digest}-" + process.version + "-" + process.arch);
  require("./server.cjs");
}
${loadCompiled}${keep}`;
}

/**
 * Until it serves, the files beside this one are loaded as Node loads them, but with `vm.Script`, because only that can say
 * what was compiled while they ran.
 */
const loadCompiled = `
function loadCompiled(folder, ending) {
  var fs = require("fs");
  var path = require("path");
  var Module = require("module");
  var Script = require("vm").Script;
  var fresh = [];
  require.extensions[".cjs"] = function (module, file) {
    if (file.lastIndexOf(__dirname + path.sep, 0) !== 0) return require.extensions[".js"](module, file);
    var kept = folder + path.relative(__dirname, file).split(path.sep).join("-") + ending;
    var code;
    try {
      code = fs.readFileSync(kept);
    } catch (error) {}
    var script = new Script(Module.wrap(fs.readFileSync(file, "utf8")), { filename: file, cachedData: code });
    if (!code || script.cachedDataRejected) fresh.push({ code: script, file: kept });
    script
      .runInThisContext()
      .call(module.exports, module.exports, Module.createRequire(file), module, file, path.dirname(file));
  };
  process.once("portico:serving", function () {
    delete require.extensions[".cjs"];
    if (fresh.length > 0) keep(fresh);
  });
}
`;

/**
 * Three seconds after the runner says that it serves, or at the end when that comes first; later V8 forgets functions
 * that are called no more. `--help` and the like, which call few, never say it, and nothing is kept of them.
 * V8 does not look whether what it is given is damaged, so the file must be whole under its name.
 */
const keep = `
function keep(fresh) {
  var fs = require("fs");
  var timer = setTimeout(write, 3000);
  timer.unref();
  process.once("exit", write);
  function write() {
    clearTimeout(timer);
    process.removeListener("exit", write);
    for (var i = 0; i < fresh.length; i++) {
      var part = fresh[i].file + "." + process.pid;
      try {
        fs.writeFileSync(part, fresh[i].code.createCachedData(), { mode: 384, flush: true });
        fs.renameSync(part, fresh[i].file);
      } catch (error) {
        try {
          fs.unlinkSync(part);
        } catch (none) {}
      }
    }
  }
}
`;
