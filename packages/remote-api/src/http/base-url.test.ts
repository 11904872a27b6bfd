import { expect, test } from "vitest";
import { parseBaseUrl } from "./base-url.ts";

test("an address of a host and a path is taken, plain http only on this machine", () => {
  expect(parseBaseUrl("https://ghe.example.com/api/v3", "GITHUB_HOST").href).toBe(
    "https://ghe.example.com/api/v3/",
  );
  expect(parseBaseUrl("http://127.0.0.1:8080", "GITHUB_HOST").href).toBe("http://127.0.0.1:8080/");
});

test.each([
  "http://ghe.example.com",
  "ftp://a",
  "ghe",
  "",
  "http://127.0.0.1.evil.example",
  "file:///etc",
])("%j is refused: it is not encrypted", (text) => {
  expect(() => parseBaseUrl(text, "GITHUB_HOST")).toThrow(
    "GITHUB_HOST must be an address that begins with https://.",
  );
});

test.each(["https://u:p@host/", "https://host/?a=b", "https://host/#x"])(
  "%j is refused: it says more than a host and a path",
  (text) => {
    expect(() => parseBaseUrl(text, "GITHUB_HOST")).toThrow("a host and a path alone");
  },
);
