/**
 * Opens a page in the user's browser.
 * @throws {Error} when the URL is not http(s), or no browser can be started
 */
export async function openBrowser(url: URL): Promise<void> {
  // Security best practices: other schemes MUST be rejected, and a shell MUST NOT see the URL.
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new Error(`A page of the scheme ${url.protocol} is not opened in a browser.`);
  }
  const { spawn } = await import("node:child_process");
  const [command, ...before] = opener(process.platform);
  const child = spawn(command, [...before, url.href], { stdio: "ignore", detached: true });
  const { promise: started, resolve, reject } = Promise.withResolvers<void>();
  child.once("spawn", resolve);
  child.once("error", () => reject(new Error(`No browser could be started by ${command}.`)));
  await started;
  child.unref();
}

function opener(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return ["xdg-open"];
}
