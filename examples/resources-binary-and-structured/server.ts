// Offers the same measurements as JSON, as a table and as bytes, and a resource that holds two parts at once.
// Bytes are returned as they are: the protocol carries them as base64, and its `mimeType` says what to do with them.
import { defineServer, resource } from "@portico/core";

const samples = [18.5, 19.25, 21];

const csv = () => ["hour,degrees", ...samples.map((value, hour) => `${hour},${value}`)].join("\n");
const bytes = () => new Uint8Array(Float32Array.from(samples).buffer);

const structured = resource({
  uri: "weather://today.json",
  name: "today.json",
  mimeType: "application/json",
  read: () => JSON.stringify({ unit: "degrees Celsius", samples }),
});

const binary = resource({
  uri: "weather://today.f32",
  name: "today.f32",
  description: "32-bit floating point numbers, little-endian.",
  mimeType: "application/octet-stream",
  size: bytes().length,
  read: bytes,
});

const report = resource({
  uri: "weather://today",
  name: "today",
  description: "The table, and the bytes it was made of.",
  read: () => [
    { uri: "weather://today.csv", mimeType: "text/csv", contents: csv() },
    { uri: "weather://today.f32", mimeType: "application/octet-stream", contents: bytes() },
  ],
});

/** A weather station. */
export const server = defineServer({
  name: "weather",
  version: "1.0.0",
  resources: [structured, binary, report],
});
