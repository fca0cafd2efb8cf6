/** Conversations worth asking about: what to ask, and what to look at in the answer. */
export interface Example {
  question: string;
  look: string;
}

export const EXAMPLES: readonly Example[] = [
  {
    question: "Which is bigger: 9.8 or 9.11?",
    look: "Point at the digits of the answer: how near was the other number?",
  },
  {
    question: "How many legs does a spider have?",
    look: "Ask why the number came, then what “spider” itself contributed.",
  },
  {
    question: "What is the capital of Australia?",
    look: "Ask why not “ Sydney”, and suppress what speaks for the answer.",
  },
  {
    question: "Write one sentence about the sea.",
    look: "Suppress a feature from its row, ask again, and compare the two sentences.",
  },
];
