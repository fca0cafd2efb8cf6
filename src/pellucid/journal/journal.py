"""The journal: one database, opened, brought up to date, and tidied after a crash."""

from pathlib import Path

from pellucid.core.settings import Settings
from pellucid.journal.conversations import Conversations
from pellucid.journal.copies import Copies
from pellucid.journal.database import Database
from pellucid.journal.ends import Ends
from pellucid.journal.exchange import Exchange
from pellucid.journal.migrations import migrate
from pellucid.journal.records import JournalFacts
from pellucid.journal.runs import Runs
from pellucid.journal.sets import FeatureSets

FILE_NAME = "journal.sqlite"


class Journal:
    """Conversations and runs of one database; safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        """Bring `database` up to this version and mark runs that died as stopped.

        Raises:
            StoreFailed: It cannot be opened or written.
            StoreMismatch: It is damaged, or was made by a newer version.
        """
        self.database = database
        self._ends = Ends(database)
        self.conversations = Conversations(database, self._ends)
        self.runs = Runs(database, self._ends)
        self.copies = Copies(database, self._ends)
        self.exchange = Exchange(database, self._ends)
        self.sets = FeatureSets(database)
        with database.write() as connection:
            migrate(connection)
        self.runs.stop_orphans()

    @classmethod
    def open(cls, settings: Settings) -> "Journal":
        """The journal that `settings` names.

        Raises:
            InvalidRequest: `journal_url` is not a database URL.
            StoreFailed: It cannot be opened or written.
            StoreMismatch: It is damaged, or was made by a newer version.
        """
        if settings.journal_url is not None:
            return cls(Database(settings.journal_url))
        return cls(Database.at(Path(settings.data_dir) / FILE_NAME))

    def facts(self) -> JournalFacts:
        """Where conversations are kept, and how much that is.

        Raises:
            StoreFailed: The database cannot be read.
        """
        return JournalFacts(
            place=self.database.place,
            n_conversations=self.conversations.count(),
            bytes=self.database.n_bytes(),
        )

    def close(self) -> None:
        """Write what could not be written before, where that goes now, and close every connection."""
        self._ends.settle()
        self.database.close()
