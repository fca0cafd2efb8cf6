import { useEffect, useRef, useState } from "react";
import type { Conversation, Subject } from "@/api/types";
import { ThemeToggle } from "@/app/theme-toggle";
import { Button } from "@/components/ui/button";
import { CopyLink } from "@/components/ui/copy-link";
import { Icon } from "@/components/ui/icon";
import { TitleField } from "@/features/chat/components/title-field";
import { UNTITLED } from "@/features/chat/model/titles";
import { SubjectName } from "@/features/subject/components/subject-name";
import { useFocusBack } from "@/lib/use-focus-back";

interface Props {
  subject: Subject | undefined;
  conversation: Conversation | undefined;
  onList: () => void;
  onNew: () => void;
  onSearch: () => void;
  onHelp: () => void;
}

/** One line at the top: where one is, and the few things that hold everywhere. */
export function Header({ subject, conversation, onList, onNew, onSearch, onHelp }: Props) {
  const title = conversation && (conversation.title || UNTITLED);
  useEffect(() => {
    document.title = title === undefined ? "Pellucid" : `${title} · Pellucid`;
  }, [title]);
  return (
    <header className="flex min-h-11 items-center gap-1 border-rule border-b px-2">
      <Button look="bare" aria-label="Conversations" onClick={onList}>
        <Icon name="list" />
      </Button>
      <Button look="bare" aria-label="New conversation" onClick={onNew}>
        <Icon name="plus" />
      </Button>
      <h1 className="ml-1 font-read text-read font-semibold max-[26rem]:sr-only">Pellucid</h1>
      <SubjectName subject={subject} />
      <div className="min-w-0 flex-1 max-sm:invisible">
        {conversation && <Title key={conversation.id} conversation={conversation} />}
      </div>
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
      <CopyLink label="Copy a link to what is looked at" address={() => location.href} />
      <ThemeToggle />
      <Button look="bare" data-tour="help" aria-label="Help and keys" onClick={onHelp}>
        <span aria-hidden="true" className="w-4 text-center font-semibold">
          ?
        </span>
      </Button>
    </header>
  );
}

/** What the conversation is called; a double click or the button beside it renames it. */
function Title({ conversation: { id, title } }: { conversation: Conversation }) {
  const [renaming, setRenaming] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useFocusBack(renaming, button);
  if (renaming)
    return (
      <TitleField id={id} title={title} onDone={() => setRenaming(false)} className="mx-auto max-w-[30rem] py-1" />
    );
  return (
    <div className="flex items-center justify-center text-muted">
      <p dir="auto" className="truncate" title={title} onDoubleClick={() => setRenaming(true)}>
        {title || UNTITLED}
      </p>
      <Button
        ref={button}
        look="bare"
        className="px-1"
        aria-label="Rename this conversation"
        title="Rename this conversation"
        onClick={() => setRenaming(true)}
      >
        <Icon name="edit" />
      </Button>
    </div>
  );
}
