"""Which jobs there are, which are due, and doing them. One that fails stops no other."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules

from django.db import close_old_connections

from offramp import jobs

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A module of this folder with NAME, EVERY and run."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


def every_job() -> list[Job]:
    """The jobs of this folder, by name."""
    modules = [import_module(f"{jobs.__name__}.{module.name}") for module in iter_modules(jobs.__path__)]
    return [Job(module.NAME, module.EVERY, module.run) for module in modules if hasattr(module, "EVERY")]


def due(known: Iterable[Job], last: dict[str, datetime], at: datetime) -> list[Job]:
    """The jobs whose time has come; each is due at the start."""
    return [job for job in known if job.name not in last or at - last[job.name] >= job.every]


def do(these: Iterable[Job], at: datetime) -> list[str]:
    """Do them one by one; the names of those that failed. The outermost loop, so it catches everything and goes on."""
    failed = []
    for job in these:
        close_old_connections()
        try:
            job.run(at)
        except Exception:
            log.exception("job %s failed", job.name)
            failed.append(job.name)
    return failed
