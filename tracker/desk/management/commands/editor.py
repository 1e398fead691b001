"""`manage.py editor EMAIL`: make an editor and print the one-time link that sets the password."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.desk.editors import make_editor, one_time_link
from tracker.desk.refusals import Refused


class Command(BaseCommand):
    help = "Make an editor, or give one a new link: prints an address at which to set the password, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?", default="", help="asked for when left out")
        parser.add_argument("--operator", action="store_true", help="may use the admin at /desk/admin/ as well")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        if not email and sys.stdin.isatty():
            email = input("E-mail address of the editor: ")
        if not email.strip():
            raise CommandError("Whose account? Give an e-mail address: manage.py editor EMAIL")
        try:
            user = make_editor(email, operator=options["operator"])
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user.email} is an editor. Set the password here (works once, for three days):")
        self.stdout.write(one_time_link(user))
