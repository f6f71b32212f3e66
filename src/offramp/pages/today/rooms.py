"""Whose work of today is drawn by which room. A room puts its own line in here: a role, and the name of its address."""

from offramp.rules.words import Role

TODAY: dict[Role, str] = {
    Role.OFFICER: "officer:handoffs",
    Role.SUPERVISOR: "officer:handoffs",
    Role.NAVIGATOR: "navigator:today",
    Role.PEER: "navigator:today",
    Role.CLINICIAN: "navigator:today",
    Role.PROVIDER: "provider:today",
    Role.ADMINISTRATOR: "accounts:everyone",
}
