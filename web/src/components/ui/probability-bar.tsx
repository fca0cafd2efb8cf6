/** A probability as a length; the number always stands beside it. */
export function ProbabilityBar({ probability }: { probability: number }) {
  return (
    <span aria-hidden="true" className="block h-2 w-full border-edge border-l bg-sunk">
      <span className="bar-grow block h-full bg-ink" style={{ width: `${Math.max(probability, 0.004) * 100}%` }} />
    </span>
  );
}
