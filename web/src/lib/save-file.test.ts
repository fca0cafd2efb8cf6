import { fileName, saveFile } from "./save-file";

test.each([
  ["Which is bigger: 9.8 or 9.11?", "conversation-which-is-bigger-9-8-or-9-11.json"],
  ["../../etc", "conversation-etc.json"],
  ["", "conversation.json"],
  ["日本語", "conversation-日本語.json"],
])("the file of %j is called %s", (title, name) => {
  expect(fileName("conversation", title)).toBe(name);
});

test("a text is handed to the browser under its name", () => {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(`${this.download} ${this.getAttribute("href")}`);
  });
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:1", revokeObjectURL: () => undefined }));
  saveFile("a.json", "{}");
  expect(saved).toEqual(["a.json blob:1"]);
});
