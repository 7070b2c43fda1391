"""What people keep up to date themselves, and what they may not."""

from django.urls import reverse

from aftersales.accounts.models import User
from aftersales.core import audit


def send(client, user, **changed):
    form = {"phone": "8021", "language": "en", "version": user.version} | changed
    return client.post(reverse("profile"), form)


def test_phone_language_and_mail_wishes_are_the_persons_own(client, sales_clerk):
    client.force_login(sales_clerk)

    answer = send(client, sales_clerk)

    person = User.objects.get(pk=sales_clerk.pk)
    assert (person.phone, person.language, person.wants_mail) == ("8021", "en", False)
    assert answer.cookies["language"].value == "en"
    assert audit.timeline(person)[0].event == "user.profile_edited"


def test_name_mail_and_roles_are_not(client, sales_clerk):
    client.force_login(sales_clerk)

    send(client, sales_clerk, name="老闆", email="x@example.com", roles=["administrator"])

    person = User.objects.get(pk=sales_clerk.pk)
    assert person.name == "銷售內勤"
    assert person.email == "sales_clerk@example.com"
    assert person.role_codes == {"sales_clerk"}


def test_a_stale_profile_meets_both_versions(client, sales_clerk):
    client.force_login(sales_clerk)
    send(client, sales_clerk, phone="1111", language="zh-hant")

    page = send(client, sales_clerk, phone="2222", language="zh-hant")

    assert "用我的版本覆蓋" in page.content.decode()
    assert User.objects.get(pk=sales_clerk.pk).phone == "1111"
