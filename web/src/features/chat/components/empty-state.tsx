import { EXAMPLES } from "@/features/chat/model/examples";

/** Nothing asked yet: a few questions worth asking about, and what to look at in their answers. */
export function EmptyState({ ready, onAsk }: { ready: boolean; onAsk: (question: string) => void }) {
  return (
    <section aria-labelledby="empty-title" className="mx-auto max-w-[40rem] px-1 pt-[8dvh] pb-6">
      <h2 id="empty-title" className="font-read text-read font-semibold">
        Ask a small model something, then ask why it said so.
      </h2>
      <p className="mt-1 text-muted">
        Point at a word of the answer to see how likely it was. Click it to see which features spoke for it and which
        against. Suppress one, ask again, and compare.
      </p>
      <ul className="mt-7 border-rule border-t">
        {EXAMPLES.map(({ question, look }) => (
          <li key={question} className="border-rule border-b">
            <button
              type="button"
              disabled={!ready}
              onClick={() => onAsk(question)}
              className="block w-full px-2 py-2.5 text-left transition-colors hover:bg-sunk disabled:text-muted disabled:hover:bg-transparent"
            >
              <span className="block font-read text-read">{question}</span>
              <span className="block text-muted">{look}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
