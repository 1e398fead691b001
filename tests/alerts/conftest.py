"""A real mail server on loopback, and the cast: Amazon with its companies, California's legislature, Rite Aid."""

import asyncio
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.cache import cache
from pytest_django import Settings

from tracker.alerts import actions
from tracker.alerts.models import Subscriber, Subscription
from tracker.commitments.actions import Subject, announce
from tracker.commitments.lifecycle import End, EndKind
from tracker.commitments.models import Term
from tracker.dates import PartialDate
from tracker.evidence.actions import Quoted, know_source
from tracker.organizations.models import Organization, Place, Product, Technology


@dataclass
class Postbox:
    """What the mail server took, and how it answers: by recipient, once for each entry of the list."""

    messages: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    hang_up_on: set[str] = field(default_factory=set)
    sessions: set[int] = field(default_factory=set)
    kill_after: int | None = None  # after so many messages, say so (`reached`) and answer only when told to (`go_on`)
    reached: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.hang_up_on:
            assert server.transport is not None
            server.transport.close()
            return "421 goodbye"
        if self.answers.get(address):
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.sessions.add(id(session))
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.kill_after == len(self.messages):
            self.kill_after = None
            self.reached.set()
            await asyncio.to_thread(self.go_on.wait, 60)
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.messages if message["To"] == address]

    def subjects(self, address: str = "ada@example.org") -> list[str]:
        return [str(message["Subject"]) for message in self.to(address)]

    def empty(self) -> None:
        self.messages.clear()


@pytest.fixture
def postbox(settings: Settings) -> Iterator[Postbox]:
    """A mail server that Django's SMTP back end talks to."""
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_TIMEOUT = 10
    settings.SITE_URL = "https://watch.example.org"
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    cache.clear()
    yield box
    controller.stop()
    cache.clear()


def day(text: str) -> date:
    return date.fromisoformat(text)


def noon(text: str) -> datetime:
    return datetime.combine(day(text), time(12), tzinfo=UTC)


def run(text: str) -> actions.Sent:
    """What beat does on one day: plan, then send."""
    actions.plan(on=day(text))
    return actions.send(on=day(text), now=noon(text))


def fixed(text: str) -> End:
    return End(EndKind.FIXED, PartialDate.parse(text))


FURTHER_NOTICE = End(EndKind.INDEFINITE)


@dataclass
class World:
    """Who is there."""

    amazon: Organization
    aws: Organization
    rekognition: Product
    faces: Technology
    california: Place
    usa: Place
    legislature: Organization
    rite_aid: Organization

    def proof(self, quote: str, url: str = "https://www.aboutamazon.com/news/moratorium") -> list[Quoted]:
        source = know_source(
            url, title="We are implementing a one-year moratorium", kind="official", publisher="Amazon"
        )
        return [Quoted(source, quote=quote)]

    def moratorium(self, *, published: str = "2020-06-10") -> Term:
        return announce(
            self.amazon,
            Subject(
                "One-year moratorium on police use of Rekognition",
                "amazon-rekognition-police-moratorium",
                "moratorium",
                products=[self.rekognition],
                technologies=[self.faces],
            ),
            declared_on=PartialDate.parse("2020-06-10"),
            end=fixed("2021-06-10"),
            evidence=self.proof("For one year the police may not use our face recognition."),
            published_on=day(published),
            end_computed=True,
        )

    def ab1215(self) -> Term:
        return announce(
            self.legislature,
            Subject("California AB 1215", "ca-ab1215", "moratorium", nature="statute", technologies=[self.faces]),
            declared_on=PartialDate.parse("2019-10-08"),
            effective_from=PartialDate.parse("2020-01-01"),
            end=fixed("2023-01-01"),
            evidence=self.proof(
                "This section shall remain in effect only until January 1, 2023.",
                "https://leginfo.example/ab1215",
            ),
            published_on=day("2019-10-08"),
        )

    def rite_aid_ban(self) -> Term:
        return announce(
            self.rite_aid,
            Subject(
                "Five-year ban on face recognition",
                "riteaid-ban",
                "ban",
                nature="settlement",
                technologies=[self.faces],
            ),
            declared_on=PartialDate.parse("2023-12-19"),
            end=fixed("2028-12"),
            evidence=self.proof(
                "Rite Aid will be prohibited from using it for five years.", "https://www.ftc.example/riteaid"
            ),
            published_on=day("2023-12-19"),
        )


@pytest.fixture
def world() -> World:
    amazon = Organization.objects.create(role="vendor", kind="company", slug="amazon", name="Amazon")
    aws = Organization.objects.create(role="vendor", kind="company", slug="aws", name="AWS", parent=amazon)
    faces = Technology.objects.create(slug="face-recognition", name="Face recognition")
    usa = Place.objects.create(kind="country", name="United States", slug="united-states")
    california = Place.objects.create(kind="state", name="California", slug="california", parent=usa)
    return World(
        amazon=amazon,
        aws=aws,
        rekognition=Product.objects.create(slug="rekognition", name="Rekognition", vendor=aws, technology=faces),
        faces=faces,
        california=california,
        usa=usa,
        legislature=Organization.objects.create(
            role="agency",
            kind="legislature",
            slug="ca-legislature",
            name="California Legislature",
            place=california,
        ),
        rite_aid=Organization.objects.create(role="vendor", kind="company", slug="rite-aid", name="Rite Aid"),
    )


Follow = Callable[..., Subscription]


@pytest.fixture
def follow() -> Follow:
    """A confirmed subscription, without the walk through the mails."""

    def follow(
        topic: str,
        record: object = None,
        *,
        since: str = "2019-01-01",
        address: str = "ada@example.org",
        **columns: object,
    ) -> Subscription:
        subscriber, _ = Subscriber.objects.get_or_create(
            address=address, defaults={"requested_at": noon(since), "confirmed_at": noon(since)}
        )
        named = {topic: record} if record is not None else {}
        return Subscription.objects.create(subscriber=subscriber, topic=topic, since=day(since), **named, **columns)

    return follow


def text(message: EmailMessage) -> str:
    """What a mail program without HTML shows."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def html(message: EmailMessage) -> str:
    """What a mail program with HTML is given."""
    body = message.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def unsubscribe_address(message: EmailMessage) -> str:
    """What the header of RFC 2369 says, without the fold that a long header line gets."""
    return str(message["List-Unsubscribe"]).strip()


def links(message: EmailMessage) -> list[str]:
    """The paths on our own site that the text of a message leads to."""
    return re.findall(r"https://watch\.example\.org(/\S+)", text(message))
