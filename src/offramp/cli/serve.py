"""Serve the pages on this machine, with the worker beside them."""

import os
import socket
import subprocess
import sys

from offramp.cli.answer import Stop, say
from offramp.cli.place import alone, open_place


def add(parser) -> None:
    parser.add_argument("--host", default="localhost", help="the address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, help="the port (default: PORT, else 8000)")
    parser.add_argument("--processes", type=int, default=min(os.cpu_count() or 1, 4), help="web processes")
    parser.add_argument("--threads", type=int, default=8, help="threads of each")
    worker = parser.add_mutually_exclusive_group()
    worker.add_argument("--worker", action="store_true", default=None, help="run the worker too (default on the embedded database)")
    worker.add_argument("--no-worker", action="store_false", dest="worker", help="the worker runs elsewhere")


def run(args) -> int:
    open_place()
    from django.conf import settings

    start(
        host=args.host,
        port=args.port or settings.PORT,
        processes=args.processes,
        threads=args.threads,
        with_worker=settings.EMBEDDED if args.worker is None else args.worker,
    )
    return 0


def start(*, host: str = "localhost", port: int, processes: int = 1, threads: int = 8, with_worker: bool = True) -> None:
    """Serve an opened place until told to stop. Comes back only then."""
    free(host, port)
    collect()
    worker = start_worker() if with_worker else None
    try:
        serve(host=host, port=port, processes=processes, threads=threads)
    finally:
        if worker:
            worker.terminate()


def free(host: str, port: int) -> None:
    """Say so before starting, rather than after five silent tries."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stop(f"Port {port} is taken or not allowed here. Choose another: PORT={port + 1}") from error


def collect() -> None:
    """Put the static files where they are served from, compressed and named by their content. Skipped when nothing changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    sources = [store.path(name) for finder in get_finders() for name, store in finder.list([])]
    mark = "\n".join(sorted(f"{path} {os.stat(path).st_mtime_ns}" for path in sources))
    stamp = settings.STATIC_ROOT / ".collected"
    with alone("static"):
        if stamp.exists() and stamp.read_text() == mark:
            return
        say("Preparing scripts and styles …")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(mark)


def start_worker() -> subprocess.Popen:
    """The worker as a process of its own, so that a slow job never delays a page. It ends when we end."""
    return subprocess.Popen([sys.executable, "-m", "offramp", "worker", "--beside", str(os.getpid())])


def serve(*, host: str, port: int, processes: int, threads: int) -> None:
    """Run the web server until it is told to stop."""
    from django.conf import settings
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self):
            said = {"bind": f"{host}:{port}", "worker_class": "gthread", "workers": processes, "threads": threads}
            quiet = {"loglevel": "warning", "accesslog": None, "proc_name": "offramp", "when_ready": ready}
            life = {"timeout": 60, "graceful_timeout": 10, "keepalive": 5, "preload_app": not settings.DEBUG, "reload": settings.DEBUG}
            for name, value in {**said, **quiet, **life}.items():
                self.cfg.set(name, value)

        def load(self):
            from offramp.config.wsgi import application

            settle()
            connections.close_all()  # a connection must not cross a fork
            return application

    def ready(server):
        say(f"Offramp is on http://{host}:{port}   (Ctrl-C stops it)")

    Server().run()


def settle() -> None:
    """Load every page now, and tell the garbage collector that all of this stays: it looks through it no more."""
    import gc

    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 -- reading it loads the pages
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # a page makes some thousand objects, and they go with it
