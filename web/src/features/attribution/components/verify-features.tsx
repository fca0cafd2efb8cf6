import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { WhyQuestion } from "@/features/attribution/api/stream-why";
import { VerificationNote } from "@/features/attribution/components/verification-note";
import { visible } from "@/lib/format";

interface Props {
  /** Null where no token with a probability is looked at. */
  question: WhyQuestion | null;
  /** Text of the token asked about. */
  token: string;
  features: readonly string[];
  /** How many of them were suppressed when the answer looked at was made. */
  suppressed: number;
}

/** What suppressing some features does to the token looked at. Mount it anew for other features or another token. */
export function VerifyFeatures({ question, token, features, suppressed }: Props) {
  const [shown, setShown] = useState(false);
  if (!question) return <p className="mt-1 text-muted">To verify these, choose a token of an answer.</p>;
  const which = suppressed < features.length ? `${suppressed} of these` : features.length === 1 ? "this" : "these";
  return (
    <div className="mt-1">
      <Button aria-expanded={shown} onClick={() => setShown(!shown)}>
        Verify for {visible(token)}
      </Button>
      {suppressed > 0 && (
        <p className="mt-1 text-muted">
          The answer looked at was made with {which} suppressed already: there only what is left can be verified. For
          all of the effect, choose a token of an answer made without.
        </p>
      )}
      {shown && <VerificationNote question={question} features={features} onClose={() => setShown(false)} />}
    </div>
  );
}
