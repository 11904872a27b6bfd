// Loaded into the archived server, which knows one address only: its requests go to the fake instead.
const fake = process.env.FAKE_BRAVE_URL;
const real = globalThis.fetch;
globalThis.fetch = (url, init) =>
  real(String(url).replace("https://api.search.brave.com/", fake), init);
