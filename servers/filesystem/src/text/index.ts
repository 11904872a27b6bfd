export { fencedDiff } from "./diff.ts";
export { applyEdits, type Edit, type EditResult } from "./edit.ts";
export {
  type DecodedText,
  decodeForReading,
  decodeText,
  detectFormat,
  type Encoding,
  encodeText,
  type TextFormat,
} from "./encoding.ts";
export { TextError, type TextProblem } from "./error.ts";
export { type LineEnding, lineEndingOf } from "./line-endings.ts";
export {
  countLines,
  headLines,
  type LineRange,
  lineRange,
  requireLineCount,
  tailLines,
} from "./lines.ts";
