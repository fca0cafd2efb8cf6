import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { makeVerification } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { VerifyFeatures } from "./verify-features";

const features = ["mlp.0.1.pos", "mlp.0.2.pos"];
const question = { run: "r1", pos: 9, contrast: null };

test("the features of a concept are verified for the token looked at", async () => {
  let asked: unknown;
  server.use(
    http.post("*/api/runs/r1/verify", async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json(makeVerification());
    }),
  );
  const user = userEvent.setup();
  renderWith(<VerifyFeatures question={question} token=" first" features={features} suppressed={0} />);
  await user.click(screen.getByRole("button", { name: "Verify for ␣first" }));
  expect(await screen.findByText(/These 2 features promote the target/)).toBeVisible();
  expect(asked).toEqual({ pos: 9, features });
  expect(screen.queryByText(/suppressed already/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Close verification of 2 features" }));
  expect(screen.queryByRole("article")).toBeNull();
});

test("without a token it says what to do", () => {
  renderWith(<VerifyFeatures question={null} token="" features={features} suppressed={0} />);
  expect(screen.getByText("To verify these, choose a token of an answer.")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});

test.each([
  [features, 2, /made with these suppressed already/],
  [features, 1, /made with 1 of these suppressed already/],
  [features.slice(1), 1, /made with this suppressed already/],
])("of %j, %i suppressed in the answer looked at is said", (some, suppressed, words) => {
  renderWith(<VerifyFeatures question={question} token="a" features={some} suppressed={suppressed} />);
  expect(screen.getByText(words)).toBeVisible();
});
