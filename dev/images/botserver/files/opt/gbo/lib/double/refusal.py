"""The one way in which the double ends early."""


class Refusal(Exception):
    """What is wrong with the wiring, in one line without any secret."""
