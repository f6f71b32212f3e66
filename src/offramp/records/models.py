"""Where Django looks for models. They live one family a file in this folder; each file is opened from here."""

from importlib import import_module
from pkgutil import iter_modules

from offramp import records

for _module in iter_modules(records.__path__):
    if _module.name not in {"models", "migrations"}:
        import_module(f"offramp.records.{_module.name}")
