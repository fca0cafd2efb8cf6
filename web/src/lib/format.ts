/** Numbers as people read them: two significant digits, a true minus sign, and never a unit left out. */

const MINUS = "\u2212";
const THIN = "\u2009";

function twoDigits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 99.5) return Math.round(size).toString();
  if (size >= 0.001) return size.toPrecision(2);
  const [digits = "0", power = "0"] = size.toExponential(1).split("e-");
  return `${digits}${THIN}×${THIN}10${raised(power)}`;
}

function raised(power: string): string {
  return `⁻${[...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? "").join("")}`;
}

/** `−1.8`, `+0.92`, `0`. */
export function signed(value: number): string {
  const digits = twoDigits(value);
  if (digits === "0") return digits;
  return (value < 0 ? MINUS : "+") + digits;
}

/** `−1.8`, `0.92`. */
export function plain(value: number): string {
  return (value < 0 ? MINUS : "") + twoDigits(value);
}

/** A log-probability as a percentage: `81 %`, `0.12 %`, `< 0.001 %`. */
export function percent(probability: number): string {
  const value = probability * 100;
  if (value > 0 && value < 0.001) return `<${THIN}0.001${THIN}%`;
  if (value > 99 && value < 100) return `${Math.min(value, 99.99).toFixed(value > 99.9 ? 2 : 1)}${THIN}%`;
  return `${twoDigits(value)}${THIN}%`;
}

/** Whole numbers with thin spaces between thousands. */
export function count(value: number): string {
  return value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, THIN);
}

/** `340 bytes`, `3.4 MB`: powers of a thousand. */
export function bytes(value: number): string {
  if (value < 1000) return plural(value, "byte");
  const power = Math.min(4, Math.floor(Math.log10(value) / 3));
  return `${twoDigits(value / 1000 ** power)} ${["kB", "MB", "GB", "TB"][power - 1]}`;
}

/** `3 features`, `1 feature`. */
export function plural(n: number, noun: string): string {
  return `${count(n)} ${noun}${n === 1 ? "" : "s"}`;
}

const GLYPHS: Record<string, string> = { " ": "␣", "\n": "↵", "\t": "⇥", "\r": "␍" };

/** A token's text where it is named rather than read: white space drawn, anything invisible spelled out. */
export function visible(text: string): string {
  if (text === "") return "∅";
  return [...text].map((char) => GLYPHS[char] ?? (/\p{Cc}|\p{Cf}/u.test(char) ? codePoint(char) : char)).join("");
}

function codePoint(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
