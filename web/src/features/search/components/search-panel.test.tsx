import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import type { Hit } from "@/api/types";
import { go, useView } from "@/lib/view-state";
import { makeHit, makeSearchResult } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { SearchPanel } from "./search-panel";

const markup = "<b>bold</b> & <script>alert(1)</script>";
const hits = [
  makeHit(),
  makeHit({ id: "mlp.3.17.neg", summary: markup, description: `Fires on ${markup}.`, score: 0.1 }),
  makeHit({ id: "mlp.9.9.pos", summary: "weather", weak: true }),
];

/** Serves these hits, and keeps what was asked. */
function found(some: Hit[]): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get("*/api/features", ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      return HttpResponse.json(
        makeSearchResult(some, query.get("all") ? { filtered: nothing, uninteresting_above: 0 } : {}),
      );
    }),
  );
  return asked;
}

const nothing = { undescribed: 0, layer: 0, sign: 0, score: 0, uninteresting: 0 };

/** The search as the address has it. */
function Search({ acted }: { acted: (id: string) => void }) {
  return (
    <SearchPanel
      text={useView().find ?? ""}
      layers={30}
      actions={(id) => (
        <button type="button" onClick={() => acted(id)}>
          Suppress {id}
        </button>
      )}
      together={(ids, name) => `together ${name}: ${ids.join(" ")}`}
    />
  );
}

function show(address = "/?q=") {
  history.replaceState(null, "", address);
  const acted = vi.fn();
  renderWith(<Search acted={acted} />);
  return { acted, user: userEvent.setup() };
}

test("what is found comes as one types, once, with score, id, layer and sign; a description is text", async () => {
  const asked = found(hits);
  const { user } = show();
  expect(screen.getByLabelText("Search features")).toHaveFocus();
  await user.type(screen.getByLabelText("Search features"), "months");
  const list = await screen.findByRole("list", { name: "Features found, best first" });
  const rows = within(list).getAllByRole("listitem");
  expect(rows[0]).toHaveTextContent("score 0.62months of the yearmlp.12.3047.pos · layer 12, above 0");
  expect(rows[1]).toHaveTextContent(`unsure${markup}`);
  expect(rows[1]?.querySelector("b, script")).toBeNull();
  expect(within(screen.getByRole("list", { name: "Features little like it" })).getByText("weather")).toBeVisible();
  expect(asked.map((query) => query.get("q"))).toEqual(["months"]);
  expect(new URLSearchParams(location.search).get("q")).toBe("months");
});

test("what says little is counted, and shown on request", async () => {
  const asked = found(hits);
  const { user } = show();
  await user.type(screen.getByLabelText("Search features"), "x");
  expect(await screen.findByText(/^4 that would stand among these are hidden because they say little/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "show" }));
  await waitFor(() => expect(screen.queryByText(/hidden because/)).toBeNull());
  expect(asked.at(-1)?.get("all")).toBe("true");
  expect(new URLSearchParams(location.search).get("among")).toBe("all");
  expect(screen.getByRole("checkbox", { name: "also what says little" })).toBeChecked();
});

test("the arrows walk the hits, Enter opens a card, Escape leads back and then away", async () => {
  found(hits);
  const { user, acted } = show();
  const field = screen.getByLabelText("Search features");
  await user.type(field, "months");
  await screen.findByText("months of the year");
  await user.keyboard("{Enter}");
  expect(new URLSearchParams(location.search).get("card")).toBe("mlp.12.3047.pos");
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(screen.getByRole("link", { name: "mlp.3.17.neg" })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(new URLSearchParams(location.search).get("card")).toBe("mlp.3.17.neg");
  await user.click(screen.getByRole("button", { name: "Suppress mlp.9.9.pos" }));
  expect(acted).toHaveBeenCalledWith("mlp.9.9.pos");
  await user.keyboard("{Escape}");
  expect(field).toHaveFocus();
  await user.keyboard("{Escape}");
  expect(new URLSearchParams(location.search).get("q")).toBeNull();
});

test("what they promote is searched apart, and stands first in a row", async () => {
  const asked = found(hits);
  const { user } = show();
  await user.click(screen.getByRole("button", { name: "what they promote" }));
  await user.selectOptions(screen.getByLabelText("Sign"), "neg");
  await user.type(screen.getByLabelText("Last layer"), "5");
  await user.type(screen.getByLabelText("Search features"), "days");
  const list = await screen.findByRole("list", { name: "Features found, best first" });
  expect(within(list).getAllByRole("listitem")[0]).toHaveTextContent(
    "Promotes days of the month.fires onmonths of the yearscore 0.62",
  );
  expect(Object.fromEntries(asked.at(-1) ?? [])).toMatchObject({ output: "true", sign: "neg", layers: "0:6" });
});

test("features that fire in a text are listed with where and how strongly", async () => {
  const asked: unknown[] = [];
  const hit = { id: "mlp.2.5.pos", similarity: null, normalised: 1.52, activation: 3, pos: 1, score: 0.8 };
  server.use(
    http.post("*/api/features/firing", async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json({
        hits: [
          { ...hit, description: "Fires on “mat”.", summary: "“mat”" },
          { ...hit, id: "mlp.2.6.pos", description: null, summary: null },
        ],
        scale: "multiples of the 1e-5 tail quantile",
        tokens: [
          { pos: 0, id: 1, text: "the" },
          { pos: 1, id: 2, text: " mat" },
        ],
        uninteresting_above: 2,
      });
    }),
  );
  const { user } = show();
  await user.click(screen.getByRole("button", { name: "firing in this text" }));
  await user.type(screen.getByLabelText("Search features"), "the mat");
  const list = await screen.findByRole("list", { name: "Features that fire most, strongest first" });
  expect(within(list).getAllByRole("listitem")[0]).toHaveTextContent(
    "score 0.80“mat”mlp.2.5.pos · layer 2, above 0 · 1.5 × at ␣mat",
  );
  expect(asked).toMatchObject([{ text: "the mat", k: 20, everything: false }]);
  expect(screen.getByText("together fires in: the mat: mlp.2.5.pos mlp.2.6.pos")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "show" }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ everything: true }));
  expect(screen.queryByText(/is not counted/)).toBeNull();
  await user.selectOptions(screen.getByLabelText("Least score"), "0.4");
  expect(await screen.findByText("Only a score of 0.4 or more: what fires beside these is not counted.")).toBeVisible();
});

test("another query in the address is searched for, as of a card that finds features alike", async () => {
  const asked = found(hits);
  const { user } = show();
  const field = screen.getByLabelText("Search features");
  await user.type(field, "months");
  await screen.findByText("months of the year");
  act(() => go({ find: "mlp.3.17.neg" }));
  expect(field).toHaveValue("mlp.3.17.neg");
  await waitFor(() => expect(asked.at(-1)?.getAll("like")).toEqual(["mlp.3.17.neg"]));
  expect(await screen.findByText(/, by their descriptions/)).toHaveTextContent("Like mlp.3.17.neg");
  act(() => history.back());
  await waitFor(() => expect(field).toHaveValue("months"));
  await user.type(field, " of");
  expect(field).toHaveValue("months of");
});

test("Enter opens nothing that was found for what stood there before", async () => {
  found(hits);
  const { user } = show();
  await user.type(screen.getByLabelText("Search features"), "months");
  await screen.findByText("months of the year");
  await user.keyboard(" x{Enter}");
  expect(new URLSearchParams(location.search).get("card")).toBeNull();
});

test("a link reopens the search with its filters", async () => {
  const asked = found(hits);
  show("/?q=days&among=output;sign=neg;to=5");
  expect(screen.getByRole("button", { name: "what they promote" })).toHaveAttribute("aria-pressed", "true");
  expect(screen.getByLabelText("Sign")).toHaveValue("neg");
  expect(screen.getByLabelText("Last layer")).toHaveValue("5");
  await screen.findByRole("list", { name: "Features found, best first" });
  expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({ q: "days", output: "true", sign: "neg", layers: "0:6" });
});

test("what is close to the query is offered together under its words, and its score is explained", async () => {
  found(hits);
  const { user } = show();
  await user.type(screen.getByLabelText("Search features"), "months");
  expect(await screen.findByText("together months: mlp.12.3047.pos mlp.3.17.neg")).toBeVisible();
  await user.hover(screen.getByRole("button", { name: "score" }));
  expect(screen.getByRole("tooltip")).toHaveTextContent(/on text it was not written from/);
});

test("the one feature that others are like is a link", async () => {
  found(hits.slice(1));
  show("/?q=mlp.12.3047.pos");
  expect(await screen.findByRole("link", { name: "mlp.12.3047.pos" })).toHaveAttribute("data-card", "mlp.12.3047.pos");
});
