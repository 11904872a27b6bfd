/** A block of code of a page, and the heading it is under. */
export interface PageBlock {
  readonly heading: string;
  readonly language: string;
  readonly text: string;
}

/** All blocks of a page, in their order. */
export function blocksOf(page: string): readonly PageBlock[] {
  return page.split(/^(?=#{2,3} )/m).flatMap((part) => {
    const [, heading = ""] = /^#+ (.*)$/m.exec(part) ?? [];
    const blocks = part.matchAll(/^```(\w+)\n(.*?)^```$/gms);
    return [...blocks].map(([, language = "", text = ""]) => ({ heading, language, text }));
  });
}
