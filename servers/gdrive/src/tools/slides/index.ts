import type { GoogleTool } from "../shared/google-tool.ts";
import { addSlide } from "./add-slide.ts";
import { deleteSlide } from "./delete-slide.ts";
import { readPresentationTool } from "./read-presentation.ts";
import { replaceSlideText } from "./replace-slide-text.ts";
import { writeSlideText } from "./write-slide-text.ts";

/** Tools of Google's presentations: the toolset `slides`. */
export const slides: readonly GoogleTool[] = [
  readPresentationTool,
  addSlide,
  writeSlideText,
  replaceSlideText,
  deleteSlide,
];
