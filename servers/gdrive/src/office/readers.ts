// Loaded in one piece when a file of Office is read: they share most of their code.
export { documentText } from "./document.ts";
export { presentationText } from "./presentation.ts";
export { workbookText } from "./workbook.ts";
