"""Let a locked or sleeping account in again."""

from offramp.cli.answer import Stop, add_json, answer
from offramp.cli.place import open_place


def add(parser) -> None:
    """Whose."""
    parser.add_argument("email", help="the address they sign in with")
    add_json(parser)


def run(args) -> int:
    """Release it."""
    open_place()
    from django.utils import timezone

    from offramp.actions import accounts
    from offramp.records.staff import User

    at = timezone.now()
    user = User.objects.filter(email=args.email.strip().lower(), is_active=True).first()
    if user is None:
        raise Stop("There is no open account with this address.")
    accounts.release(viewer=accounts.console(at=at), at=at, user_id=user.pk)
    answer(
        {"email": user.email, "released": True}, as_json=args.json, lines=[f"{user.name} can sign in again."]
    )
    return 0
