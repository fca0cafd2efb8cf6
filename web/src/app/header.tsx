import type { Subject } from "@/api/types";
import { ThemeToggle } from "@/app/theme-toggle";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { SubjectName } from "@/features/subject/components/subject-name";

interface Props {
  subject: Subject | undefined;
  title: string;
  onList: () => void;
  onNew: () => void;
  onSearch: () => void;
  onHelp: () => void;
}

/** One line at the top: where one is, and the few things that hold everywhere. */
export function Header({ subject, title, onList, onNew, onSearch, onHelp }: Props) {
  return (
    <header className="flex min-h-11 items-center gap-1 border-rule border-b px-2">
      <Button look="bare" aria-label="Conversations" onClick={onList}>
        <Icon name="list" />
      </Button>
      <Button look="bare" aria-label="New conversation" onClick={onNew}>
        <Icon name="plus" />
      </Button>
      <h1 className="ml-1 font-read text-read font-semibold">Pellucid</h1>
      <SubjectName subject={subject} />
      <p className="min-w-0 flex-1 truncate text-center text-muted max-sm:invisible" title={title}>
        {title}
      </p>
      <Button
        look="plain"
        aria-label="Search features"
        aria-keyshortcuts="/"
        className="justify-start text-muted max-sm:border-transparent sm:min-w-48"
        onClick={onSearch}
      >
        <Icon name="search" />
        <span className="flex-1 text-left max-sm:hidden">Search features</span>
        <kbd className="rounded-sm border border-rule px-1 font-mono text-mono max-sm:hidden">/</kbd>
      </Button>
      <ThemeToggle />
      <Button look="bare" aria-label="Help and keys" onClick={onHelp}>
        <span aria-hidden="true" className="w-4 text-center font-semibold">
          ?
        </span>
      </Button>
    </header>
  );
}
