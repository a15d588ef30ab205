"""An invented council's monthly extracts, for the demonstration and the tests; no real record."""

from synthetic.inbox import write_inbox
from synthetic.settings import CouncilSettings

__all__ = ["CouncilSettings", "write_inbox"]
