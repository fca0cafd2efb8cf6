import { Component, type ReactNode } from "react";
import { messageOf, pageProblem } from "@/lib/problem";
import { Button } from "./button";
import { ProblemNote } from "./problem-note";

interface Props {
  /** What it is around, in words. */
  name: string;
  children: ReactNode;
}

interface State {
  failed: { message: string } | null;
}

/** Keeps a mistake in one part of the page from taking down the others, and what was typed there. */
export class Boundary extends Component<Props, State> {
  override state: State = { failed: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failed: { message: messageOf(error) } };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (!failed) return this.props.children;
    const problem = pageProblem(
      `${this.props.name} cannot be shown`,
      `This is a mistake in the page: ${failed.message}`,
      "try again, or look at something else; the rest of the page is as it was",
    );
    return (
      <div className="p-4">
        <ProblemNote problem={problem}>
          <Button onClick={() => this.setState({ failed: null })}>Try again</Button>
        </ProblemNote>
      </div>
    );
  }
}
