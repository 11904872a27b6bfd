/**
 * Writes the entry of a published server: checks the running Node and only then loads the server, with Node's
 * compile cache in the package's own folder, where only those can write who can change the code as well.
 * Where the folder is read-only Node goes on without a cache.
 *
 * The text is ES5, because a Node too old for the server must still be able to parse the sentence that says so.
 *
 * @param name the published package's name
 * @param engines its `engines.node`, which must have the form `>=MAJOR.MINOR`
 * @throws when `engines` has another form
 */
export function guard(name: string, engines: string): string {
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
  require("module").enableCompileCache(__dirname + "/.compile-cache");
  require("./server.cjs");
}
`;
}
