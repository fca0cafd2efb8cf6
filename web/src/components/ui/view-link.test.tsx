import { fireEvent, render, screen } from "@testing-library/react";
import { ViewLink } from "./view-link";

const search = (): string => location.search;

test("a plain press goes there without leaving the page, or does what it is told to do", () => {
  history.replaceState(null, "", "/?c=c1");
  const followed = vi.fn();
  render(
    <>
      <ViewLink to={{ token: 3 }}>there</ViewLink>
      <ViewLink to={{ token: 4 }} onFollow={followed}>
        elsewhere
      </ViewLink>
    </>,
  );
  const link = screen.getByRole("link", { name: "there" });
  expect(link).toHaveAttribute("href", "/?c=c1&token=3");
  expect(fireEvent.click(link)).toBe(false);
  expect(search()).toBe("?c=c1&token=3");
  expect(fireEvent.click(screen.getByRole("link", { name: "elsewhere" }))).toBe(false);
  expect(followed).toHaveBeenCalledOnce();
  expect(search()).toBe("?c=c1&token=3");
});

test.each(["ctrlKey", "metaKey", "shiftKey", "altKey"])("with %s held it is the browser's own", (key) => {
  history.replaceState(null, "", "/?c=c1");
  let left: boolean | undefined;
  const leave = (event: Event): void => {
    left = !event.defaultPrevented;
    // jsdom cannot go anywhere, and complains.
    event.preventDefault();
  };
  addEventListener("click", leave, { once: true });
  render(<ViewLink to={{ token: 3 }}>there</ViewLink>);
  fireEvent.click(screen.getByRole("link"), { [key]: true });
  expect(left).toBe(true);
  expect(search()).toBe("?c=c1");
});
