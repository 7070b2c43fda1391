"""2.1 What leaves is kept as sent: the sweep mails each notice until the server accepts it once."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from aftersales.accounts.models import Leave
from aftersales.core import notices, tasks
from aftersales.core.models import Notice
from aftersales.core.tests.racing import race
from aftersales.core.tests.smtp import MailServer

pytestmark = pytest.mark.clause("2.1")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(settings):
    """A mail server that the site sends to."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL = "service@example.com"
        yield server
        server.shutdown()


def tell(*people, now, **extra):
    notices.send(people, key=f"k{Notice.objects.count()}", title="發貨單待簽發", now=now, **extra)


def test_a_letter_says_what_where_and_by_which_clause(server, leader, now, settings):
    settings.PUBLIC_BASE_URL = "https://service.example.com"
    tell(leader, now=now, url="/delivery/notes/FH-202611-0001/", clause="3.1.3", body="兩行 <8 台>")

    assert notices.send_due_mail(now=now) == 1

    (letter,) = server.letters
    assert letter["To"] == "leader@example.com"
    assert letter["From"] == "service@example.com"
    assert letter["Subject"] == "發貨單待簽發"
    text = letter.get_content()
    assert "分管領導，您好" in text
    assert "https://service.example.com/delivery/notes/FH-202611-0001/" in text
    assert "程序第 3.1.3 條" in text
    assert "兩行 <8 台>" in text


def test_a_letter_is_accepted_once_however_often_the_sweep_runs(server, leader, now):
    tell(leader, now=now)

    accepted = [notices.send_due_mail(now=now + turn * MINUTE) for turn in range(5)]

    assert accepted == [1, 0, 0, 0, 0]
    assert len(server.letters) == 1
    notice = leader.notices.get()
    assert (notice.mailed_at, notice.mail_due_at, notice.mail_attempts) == (now, None, 1)


def test_a_server_that_refuses_is_asked_again_later_and_later(server, leader, now):
    tell(leader, now=now)
    server.refusal = (451, "try again")

    tried = []
    for minute in range(20):
        notices.send_due_mail(now=now + minute * MINUTE)
        tried.append(leader.notices.get().mail_attempts)

    assert tried == [1, 2, 2, 3, 3, 3, 3] + [4] * 8 + [5] * 5
    assert "try again" in leader.notices.get().mail_error
    server.refusal = None
    assert notices.send_due_mail(now=now + timedelta(hours=1)) == 1
    assert leader.notices.get().mail_error == ""
    assert len(server.letters) == 1


def test_a_server_that_is_not_there_is_asked_again_too(server, leader, now, settings):
    tell(leader, now=now)
    settings.EMAIL_PORT = 1  # nobody listens there

    assert notices.send_due_mail(now=now) == 0

    settings.EMAIL_PORT = server.port
    assert notices.send_due_mail(now=now) == 0
    assert notices.send_due_mail(now=now + MINUTE) == 1


def test_it_gives_up_after_twelve_tries(server, leader, now):
    tell(leader, now=now)
    server.refusal = (550, "no such person")

    for day in range(30):
        notices.send_due_mail(now=now + timedelta(days=day))

    notice = leader.notices.get()
    assert (notice.mail_attempts, notice.mail_due_at, notice.mailed_at) == (12, None, None)


def test_one_bad_address_does_not_hold_up_the_others(server, leader, make_user, now):
    strange = make_user("leader", email="not an address\n@example.com")
    tell(strange, leader, now=now)

    notices.send_due_mail(now=now)

    assert [letter["To"] for letter in server.letters] == ["leader@example.com"]


def test_the_deputy_gets_a_marked_copy(server, leader, sales_manager, now):
    Leave.objects.create(
        user=leader, deputy=sales_manager, starts_at=now, ends_at=now + timedelta(days=1),
        created_by=leader, created_at=now,
    )  # fmt: skip
    tell(leader, now=now)

    notices.send_due_mail(now=now)

    copies = {
        letter["To"]: "您是 分管領導 的代理人" in letter.get_content() for letter in server.letters
    }
    assert copies == {"leader@example.com": False, "sales_manager@example.com": True}


def test_mail_of_the_night_leaves_in_the_morning(server, leader, now):
    night = now.replace(hour=18, minute=0)  # 2 o'clock in Shanghai
    tell(leader, now=night)

    assert notices.send_due_mail(now=night + timedelta(hours=4, minutes=59)) == 0
    assert notices.send_due_mail(now=night + timedelta(hours=5)) == 1


def test_the_letter_speaks_the_language_of_the_recipient(server, make_user, now):
    reader = make_user("leader", language="en", email="reader@example.com")
    tell(reader, now=now)

    notices.send_due_mail(now=now)

    assert server.letters[0]["Subject"] == "發貨單待簽發"


def test_the_task_is_the_sweep(server, leader):
    tell(leader, now=timezone.now(), is_urgent=True)

    assert tasks.send_due_mail() == 1


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_sweeps_at_the_same_moment_send_each_letter_once(server, make_user, now):
    for number in range(20):
        tell(make_user("leader", username=f"leader{number}"), now=now)

    accepted = race([partial(notices.send_due_mail, now=now)] * 4)

    assert sum(accepted) == 20
    assert len({letter["To"] for letter in server.letters}) == len(server.letters) == 20
