"""A page's form as a browser would send it: hidden fields, what is typed, what is ticked, what is chosen."""

from html.parser import HTMLParser


def filled(page: str, form_id: str) -> dict[str, list[str]]:
    """The fields of one form that would be sent now, by name."""
    reader = _Reader(form_id)
    reader.feed(page)
    reader.fields.pop("csrfmiddlewaretoken", None)
    return reader.fields


def offered(part: str, name: str) -> list[str]:
    """The values of the radio buttons of this name, the chosen one first."""
    reader = _Reader("")
    reader.feed(part)
    return sorted(reader.radios.get(name, {}), key=lambda value: not reader.radios[name][value])


class _Reader(HTMLParser):
    """Reads one form; with an empty id, everything it is given."""

    def __init__(self, form_id: str):
        super().__init__()
        self.form_id, self.inside = form_id, not form_id
        self.fields: dict[str, list[str]] = {}
        self.radios: dict[str, dict[str, bool]] = {}
        self._select: tuple[str, list[tuple[str, bool]]] | None = None

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = told.get("id") == self.form_id
        elif not self.inside:
            return
        elif tag == "input" and told.get("name"):
            self._input(told)
        elif tag == "select":
            self._select = (told.get("name", ""), [])
        elif tag == "option" and self._select:
            self._select[1].append((told.get("value", ""), "selected" in told))

    def handle_endtag(self, tag):
        if tag == "form" and self.form_id:
            self.inside = False
        elif tag == "select" and self._select:
            name, options = self._select
            if options:
                self._put(name, next((value for value, chosen in options if chosen), options[0][0]))
            self._select = None

    def _input(self, told: dict[str, str]) -> None:
        kind, name, value = told.get("type", "text"), told["name"], told.get("value", "")
        if kind == "radio":
            self.radios.setdefault(name, {})[value] = "checked" in told
        if kind not in ("radio", "checkbox", "submit", "button") or (kind in ("radio", "checkbox") and "checked" in told):
            self._put(name, value or ("on" if kind == "checkbox" else ""))

    def _put(self, name: str, value: str) -> None:
        if name:
            self.fields.setdefault(name, []).append(value)
