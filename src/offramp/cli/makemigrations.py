"""For developers: write the migration for a changed model."""

from offramp.cli.answer import Stop
from offramp.cli.place import load


def add(parser) -> None:
    parser.add_argument("app", nargs="*", default=["records"])
    parser.add_argument("-n", "--name", help="the file's name after its number")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a migration is missing")


def run(args) -> int:
    load()
    from django.core.management import CommandError, call_command

    options = {"name": args.name} if args.name else {}
    try:
        call_command("makemigrations", *args.app, check_changes=args.check, interactive=False, **options)
    except CommandError as error:
        raise Stop(str(error)) from error
    return 0
