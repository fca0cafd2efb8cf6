import { makeVerification } from "@/testing/builders";
import { verdictInWords } from "./verdict";

test("a verdict is a sentence with its numbers, and chance is said in words", () => {
  expect(verdictInWords(makeVerification(), 1)).toBe(
    "This feature promotes the target: effect +1.8 nats, while 50 random sets of the same make moved it by −0.14 to +0.19 nats.",
  );
  expect(verdictInWords(makeVerification({ verdict: "suppresses", effect: -1.8 }), 3)).toMatch(
    /^These 3 features hold back the target: effect −1.8 nats/,
  );
  expect(verdictInWords(makeVerification({ verdict: "within chance", effect: 0.06 }), 1)).toMatch(
    /^Within chance: suppressing this feature moved the target by 0.060 nats/,
  );
});
