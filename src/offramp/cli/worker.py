"""Do what is due: send notices, seal the ledger, and the other jobs, until stopped."""

import os
import signal
import time

from offramp.cli.answer import Stop, say
from offramp.cli.place import alone, open_place


def add(parser) -> None:
    parser.add_argument("--once", action="store_true", help="do every job once and stop")
    parser.add_argument("--beside", type=int, metavar="PID", help="stop when that process, our parent, is gone")


def run(args) -> int:
    open_place()
    signal.signal(signal.SIGTERM, _stop)
    with alone("worker", wait=False):
        _rounds(args)
    return 0


def _rounds(args) -> None:
    from django.utils import timezone

    from offramp.jobs import rounds

    jobs = rounds.every_job()
    if args.once:
        failed = rounds.do(jobs, at=timezone.now())
        if failed:
            raise Stop(f"Failed: {', '.join(failed)}. The log says where.")
        say(f"Done: {', '.join(job.name for job in jobs) or 'no job is due'}.")
        return
    last = {}
    while args.beside is None or os.getppid() == args.beside:
        at = timezone.now()
        due = rounds.due(jobs, last, at)
        rounds.do(due, at=at)
        last |= {job.name: at for job in due}
        time.sleep(1)


def _stop(*_):
    raise SystemExit(0)
