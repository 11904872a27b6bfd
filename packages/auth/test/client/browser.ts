/**
 * Walks a user through the pages of an authorization server: signs in, consents and goes where the server sends it.
 * @returns the pages visited
 */
export async function browse(start: URL): Promise<string[]> {
  const cookies = new Map<string, string>();
  const visited: string[] = [];
  let next: { url: URL; body?: URLSearchParams } | undefined = { url: start };
  while (next && visited.length < 20) {
    const { url, body }: { url: URL; body?: URLSearchParams } = next;
    visited.push(url.pathname);
    const response = await fetch(url.href, {
      method: body ? "POST" : "GET",
      body: body ?? null,
      redirect: "manual",
      headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = cookie.split(";")[0]?.split("=") ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const page = await response.text();
    const location = response.headers.get("location");
    next = location ? { url: new URL(location, url) } : form(page, url);
  }
  return visited;
}

function form(page: string, at: URL) {
  const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
  const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
  if (action === undefined || prompt === undefined) return undefined;
  const body = new URLSearchParams({ prompt });
  if (prompt === "login") {
    body.set("login", "user");
    body.set("password", "any");
  }
  return { url: new URL(action, at), body };
}
