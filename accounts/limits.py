"""How much one account may hold here, so that one person's pages never cost another one theirs."""


class Full(Exception):
    """There is no room for more. What stands stays, and can be taken along; what was typed is shown once more."""
