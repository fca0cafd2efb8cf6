/** What the two ends of a signed bar are, above a column of them. */
export function BarEnds() {
  return (
    <>
      <span>
        <span className="@max-[40rem]:hidden">held back</span>
        <span className="@min-[40rem]:hidden">−</span>
      </span>
      <span>
        <span className="@max-[40rem]:hidden">promoted</span>
        <span className="@min-[40rem]:hidden">+</span>
      </span>
    </>
  );
}
