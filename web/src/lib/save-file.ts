/** A text as a file that a person keeps, through the browser's own download. */

const LONGEST = 60;

export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has read the address by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** `conversation-which-is-bigger.json`: what it is, and its title in letters and digits. */
export function fileName(kind: string, title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return `${[...[kind, ...words].join("-")].slice(0, LONGEST).join("")}.json`;
}
