import { makeRun } from "@/testing/builders";
import { positionsFor } from "./positions";

test("a change acts in the prompt only where that reaches every site", () => {
  const run = makeRun();
  expect(positionsFor(run, [3, 5])).toBe("prompt");
  expect(positionsFor(run, [3, 9])).toBe("all");
  expect(positionsFor(run, [run.n_prompt - 1])).toBe("all");
  const text = run.tokens.map((token) => ({ ...token, role: "text" as const }));
  expect(positionsFor({ ...run, tokens: text, reply_from: 5 }, [4])).toBe("prompt");
  expect(positionsFor({ ...run, tokens: text, reply_from: 5 }, [4, 5])).toBe("all");
});
