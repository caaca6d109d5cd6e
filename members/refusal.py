"""What an action raises when rights, state or arithmetic say no: a sentence, and the field it belongs to."""


class Refused(Exception):
    """Carries a Vietnamese sentence for the person; `field` names the form field it stands beside."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class AlreadyDone(Exception):
    """The same click or the same save arrived twice, the first one stands; with a sentence: somebody else was first."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
