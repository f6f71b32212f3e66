"""Open an account and print the link by which its owner chooses a password."""

from offramp.cli.answer import Stop, add_json, answer
from offramp.cli.place import open_place
from offramp.rules.duties import CARDS
from offramp.rules.words import Role


def add(parser) -> None:
    """What it takes."""
    parser.add_argument("email", help="the address they sign in with")
    parser.add_argument("--name", required=True, help="as colleagues say it")
    parser.add_argument("--agency", required=True, help="the agency's name")
    parser.add_argument(
        "--kind", help="open the agency too when there is none of that name: police, navigation, provider …"
    )
    parser.add_argument("--role", default=Role.ADMINISTRATOR.value, choices=[role.value for role in CARDS])
    parser.add_argument("--badge", default="")
    add_json(parser)


def run(args) -> int:
    """Open it."""
    open_place()
    from django.db import transaction
    from django.utils import timezone

    from offramp.actions import accounts, sign_in

    at = timezone.now()
    viewer = accounts.console(at=at)
    with transaction.atomic():
        agency = _agency(viewer, args, at)
        user = accounts.add(
            viewer=viewer,
            at=at,
            email=args.email,
            name=args.name,
            badge=args.badge,
            agency_id=agency.pk,
            role=Role(args.role),
        )
    link = f"{_site()}/account/invited/{sign_in.invitation(user)}/"
    lines = [f"{user.name} can choose a password here, once and within three days:", link]
    answer(
        {"email": user.email, "role": args.role, "agency": agency.name, "link": link},
        as_json=args.json,
        lines=lines,
    )
    return 0


def _agency(viewer, args, at):
    from offramp.actions import accounts
    from offramp.records.agency import Agency

    found = list(Agency.objects.standing().filter(name__iexact=args.agency)[:2])
    if len(found) > 1:
        raise Stop(f"More than one agency is called {args.agency}.")
    if not found and not args.kind:
        raise Stop(
            f"There is no agency called {args.agency}. To open it as well, say what it is: --kind police"
        )
    return found[0] if found else accounts.open_agency(viewer=viewer, at=at, name=args.agency, kind=args.kind)


def _site() -> str:
    from django.conf import settings

    host = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"
    return f"https://{host}" if settings.HTTPS else f"http://{host}:{settings.PORT}"
