/** The shape of an answer's text: paragraphs and lists, for reading and for screen readers. */

/** Lines that belong together. */
export interface Block {
  readonly kind: "text" | "list";
  readonly lines: readonly string[];
}

const BULLET = /^\s*[•–]\s+/;
const CHINESE = /[\u3400-\u9fff]/;

/** Returns the blocks of a text; empty lines only part them. */
export function blocksOf(text: string): Block[] {
  const blocks: { kind: Block["kind"]; lines: string[] }[] = [];
  let parted = true;
  for (const line of text.split(/\r?\n/)) {
    const kind = BULLET.test(line) ? "list" : "text";
    const last = blocks.at(-1);
    if (line.trim() === "") {
      parted = true;
      continue;
    }
    const shown = line.replace(BULLET, "");
    if (!parted && last?.kind === kind) last.lines.push(shown);
    else blocks.push({ kind, lines: [shown] });
    parted = false;
  }
  return blocks;
}

/** Returns the language of a text of the bot, for the voice of a screen reader. */
export function languageOf(text: string): string {
  const letters = Array.from(text);
  const chinese = letters.filter((letter) => CHINESE.test(letter)).length;
  return chinese > letters.length / 5 ? "zh-Hans" : "en";
}
