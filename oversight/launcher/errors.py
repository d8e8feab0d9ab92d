"""The one way the launcher fails: a sentence for the person at the terminal."""


class LauncherError(Exception):
    """Something stands in the way; the message is one sentence that says what to do."""
