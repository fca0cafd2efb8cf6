import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import type { Hit } from "@/api/types";
import { useFilters } from "@/features/search/components/use-filters";
import { makeHit, makeSearchResult } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { SearchPanel } from "./search-panel";

beforeEach(() => useFilters.getState().clear());

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

function show() {
  const acted = vi.fn();
  renderWith(
    <SearchPanel
      text=""
      layers={30}
      actions={(id) => (
        <button type="button" onClick={() => acted(id)}>
          Suppress {id}
        </button>
      )}
    />,
  );
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
        hits: [{ ...hit, description: "Fires on “mat”.", summary: "“mat”" }],
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
  expect(within(list).getByRole("listitem")).toHaveTextContent(
    "score 0.80“mat”mlp.2.5.pos · layer 2, above 0 · 1.5 × at ␣mat",
  );
  expect(asked).toMatchObject([{ text: "the mat", k: 20, everything: false }]);
  await user.click(screen.getByRole("button", { name: "show" }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ everything: true }));
});
