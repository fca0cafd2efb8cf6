import { NameField } from "@/components/ui/name-field";
import { useUpdateConversation } from "@/features/chat/api/update-conversation";
import { MOST } from "@/features/chat/model/titles";
import { problemOf } from "@/lib/problem";

interface Props {
  id: string;
  title: string;
  /** It has another title now, or the old one again. */
  onDone: () => void;
  className?: string;
}

/** A conversation's title as a field; an empty one is none. */
export function TitleField({ id, title, onDone, className = "" }: Props) {
  const update = useUpdateConversation();
  return (
    <NameField
      label="Title of the conversation"
      name={title}
      most={MOST}
      busy={update.isPending}
      problem={update.error && problemOf(update.error)}
      onName={(wanted) => update.mutate({ id, title: wanted }, { onSuccess: onDone })}
      onDone={onDone}
      className={className}
    />
  );
}
