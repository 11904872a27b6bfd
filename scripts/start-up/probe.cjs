// Loaded before a server under test: when it ends, says which of its files and which of Node's modules it loaded.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const files = Object.keys(require.cache);
  const builtins = process.moduleLoadList.flatMap(
    (entry) => /^NativeModule (.*)/.exec(entry)?.[1] ?? [],
  );
  writeFileSync(process.env.PORTICO_PROBE_REPORT, JSON.stringify({ files, builtins }));
});
