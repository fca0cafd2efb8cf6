"""What a reply starts from: its question, and what it is given to begin with."""

from dataclasses import dataclass

from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.records import Conversation, Message
from pellucid.journal import ConversationDetail, RunDetail
from pellucid.workspace.bench import Bench, own_run
from pellucid.workspace.ports import PromptPort


@dataclass(frozen=True, slots=True)
class GivenText:
    """The reply begins with this, literally."""

    text: str


@dataclass(frozen=True, slots=True)
class GivenTokens:
    """The reply begins with all that a run read and wrote before `pos`, and then with `token_id`; exact ids."""

    run_id: str
    """A run that answers the same question: one of the turn that is answered."""
    pos: int
    token_id: int | None


Given = GivenText | GivenTokens


@dataclass(frozen=True, slots=True)
class Beginning:
    """All that is read before the first token is written."""

    prompt: PromptPort
    reply: str
    """What the reply was given to begin with."""


def beginning(
    bench: Bench, conversation: ConversationDetail, content: str | None, given: Given | None
) -> Beginning:
    """What the subject reads of a conversation, a new question, and the given beginning of the reply.

    Raises:
        InvalidRequest: There is nothing to answer, or the run named answers another question.
        NotFound: There is no such run, position or token.
        StoreMismatch: Another subject wrote the run.
        PellucidError: The subject cannot read it.
    """
    if isinstance(given, GivenTokens):
        return _of_run(bench, _answer_of(bench, conversation, content, given), given)
    messages = messages_of(conversation, content)
    if given is None:
        return Beginning(bench.subject.read_prompt(Conversation(messages=messages)), "")
    messages += (Message(role="assistant", content=given.text),)
    prompt = bench.subject.read_prompt(Conversation(messages=messages))
    read = _reply_in(prompt)
    # White space at its beginning may have gone into the last token of the markers before.
    return Beginning(prompt, given.text if given.text.endswith(read) else read)


def messages_of(conversation: ConversationDetail, content: str | None) -> tuple[Message, ...]:
    """What the subject is to answer: all turns and `content`, or all up to the last question.

    Raises:
        InvalidRequest: There is nothing to answer.
    """
    turns = [Message(role=turn.role, content=turn.content) for turn in conversation.turns]
    if content is not None:
        turns.append(Message(role="user", content=content))
    elif turns and turns[-1].role == "assistant":
        turns.pop()
    if not turns or turns[-1].role != "user":
        raise InvalidRequest(
            "there is nothing to answer", why="no user turn stands last", instead="send content"
        )
    if conversation.system is not None:
        turns.insert(0, Message(role="system", content=conversation.system))
    return tuple(turns)


def _answer_of(
    bench: Bench, conversation: ConversationDetail, content: str | None, given: GivenTokens
) -> RunDetail:
    run = own_run(bench, given.run_id)
    answered = conversation.turns[-1].id if content is None and conversation.turns else None
    if run.turn_id != answered:
        raise InvalidRequest(
            f"the reply cannot begin with tokens of run {given.run_id!r}",
            why="that run answers another question",
            instead="leave content out and name a run of the last turn; for an earlier turn, "
            "copy the conversation up to the next question, and name a run of the copy",
        )
    return run


def _of_run(bench: Bench, run: RunDetail, given: GivenTokens) -> Beginning:
    ended = len(run.tokens) > run.n_prompt and run.tokens[-1].marker
    last = len(run.tokens) - 1 if ended else len(run.tokens)
    if not run.reply_from <= given.pos <= last:
        raise NotFound(
            f"the reply cannot go on at position {given.pos}",
            why="that position is not in it",
            instead=f"name one from {run.reply_from} to {last}",
        )
    before = bench.engine.prompt_of(run.tokens[: given.pos], run.given_from, run.reply_from)
    prompt = bench.subject.continue_reply(before, given.token_id)
    spoken = "".join(token.text for token in run.tokens[run.reply_from :] if not token.marker)
    swallowed = run.reply[: len(run.reply) - len(spoken)]
    return Beginning(prompt, swallowed + _reply_in(prompt))


def _reply_in(prompt: PromptPort) -> str:
    return "".join(prompt.texts[prompt.reply_start :])
