import { noteScroll } from "./use-returning";

test("of what is no longer on the page nothing is kept", () => {
  const [gone, here] = [document.createElement("div"), document.createElement("div")];
  document.body.append(gone, here);
  const scrolled = new Map<HTMLElement, number>();
  gone.scrollTop = 40;
  noteScroll(scrolled, gone);
  expect(scrolled.get(gone)).toBe(40);
  gone.remove();
  here.scrollTop = 7;
  noteScroll(scrolled, here);
  expect([...scrolled]).toEqual([[here, 7]]);
  here.scrollTop = 9;
  noteScroll(scrolled, here);
  expect(scrolled.get(here)).toBe(9);
  here.remove();
});
