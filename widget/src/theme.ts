/** The accent colour of a site, made readable on the light and the dark surface. */
import { parseHex, readableOn, textOn, toHex } from "./colour.ts";
import type { Rgb } from "./colour.ts";
import { ACCENT } from "./options.ts";

// As --surface in styles.css.
const SURFACES: Readonly<Record<"light" | "dark", Rgb>> = {
  light: [255, 255, 255],
  dark: [23, 26, 31],
};
// WCAG 2.2: 1.4.3 for text, 1.4.11 for what has to be seen.
const USUAL = parseHex(ACCENT) ?? SURFACES.dark;
const TEXT_CONTRAST = 4.5;
const SHAPE_CONTRAST = 3;

/** Returns the rules that give an accent colour ("#rgb" or "#rrggbb") to the widget. */
export function accentRules(accent: string): string {
  const colour = parseHex(accent) ?? USUAL;
  return (["light", "dark"] as const)
    .map((name) => `.root.${name}{${declarations(colour, SURFACES[name])}}`)
    .join("");
}

function declarations(colour: Rgb, surface: Rgb): string {
  const values: Readonly<Record<string, Rgb>> = {
    accent: colour,
    "on-accent": textOn(colour),
    // A border where the accent hardly differs from the surface, the accent itself elsewhere.
    "accent-edge": readableOn(surface, colour, SHAPE_CONTRAST),
    link: readableOn(surface, colour, TEXT_CONTRAST),
  };
  return Object.entries(values)
    .map(([name, value]) => `--${name}:${toHex(value)}`)
    .join(";");
}
