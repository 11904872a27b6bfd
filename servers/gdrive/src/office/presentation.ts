import { partsOf } from "./archive.ts";
import { visit } from "./xml.ts";

const SLIDE = /^ppt\/slides\/slide(\d+)\.xml$/;

/**
 * The text of a PowerPoint file, slide by slide.
 * @throws {OfficeError}
 */
export async function presentationText(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const parts = await partsOf(bytes, (name) => SLIDE.test(name));
  const slides = [...parts].sort(([one], [other]) => numberOf(one) - numberOf(other));
  const texts: string[] = [];
  for (const [name, xml] of slides)
    texts.push(`## Slide ${numberOf(name)}\n\n${await textOf(xml)}`);
  return texts.join("\n\n");
}

function numberOf(name: string): number {
  return Number(SLIDE.exec(name)?.[1]);
}

async function textOf(xml: string): Promise<string> {
  const lines: string[] = [];
  let line = "";
  let isText = false;
  await visit(xml, {
    open(name) {
      if (name === "a:t") isText = true;
      if (name === "a:br") line += "\n";
    },
    text(text) {
      if (isText) line += text;
    },
    close(name) {
      if (name === "a:t") isText = false;
      if (name !== "a:p") return;
      if (line !== "") lines.push(line);
      line = "";
    },
  });
  return lines.join("\n");
}
