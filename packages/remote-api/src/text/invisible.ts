// Nothing of this is seen by a person who reads the text, and all of it by a model: format characters (zero width,
// soft hyphen, bidirectional controls, tags), controls but tab and line ends, fillers, private use, and the variation
// selectors that no emoji needs.
const INVISIBLE =
  /\p{Cf}|\p{Co}|[\u115f\u1160\u17b4\u17b5\u3164\uffa0]|[\ufe00-\ufe0d]|[\u{e0100}-\u{e01ef}]|(?![\t\n\r])\p{Cc}/gu;

/** Emoji and some scripts are spelt with joiners; they stay between what they join. */
const JOINED =
  /(?<=\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})|(?<=\p{Script=Arabic}|\p{Script=Devanagari}|\p{Script=Bengali}|\p{Script=Malayalam})[\u200c\u200d](?=\p{L})/gu;

const PLACEHOLDER = "\ufdd0";

/** `text` without the characters a person cannot see. */
export function withoutInvisible(text: string): string {
  if (!/[^\x20-\x7e\n\r\t]/.test(text)) return text;
  const joiners: string[] = [];
  const held = text.replaceAll(PLACEHOLDER, "").replace(JOINED, (joiner) => {
    joiners.push(joiner);
    return PLACEHOLDER;
  });
  let next = 0;
  return held.replace(INVISIBLE, "").replaceAll(PLACEHOLDER, () => joiners[next++] ?? "");
}
