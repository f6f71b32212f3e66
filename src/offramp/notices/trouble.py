"""A notice that could not be sent."""


class NotSent(Exception):
    """Why, as a code: it is kept beside the notice, so it names nobody and quotes nothing."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code
