"""3.2.2 途損給誰看、誰加附件:看得到發貨單的人與負責人."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from aftersales.core import reach, search
from aftersales.core.models import Attachment
from delivery.actions.losses import claim_loss
from delivery.models import TransitLoss
from delivery.tests.floor import photo
from delivery.tests.losses.cases import numbers, page

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


def test_out_of_reach_is_not_found(loss, client, make_user):
    client.force_login(make_user("salesperson"))

    assert client.get(loss.get_absolute_url()).status_code == 404
    assert client.get(reverse("transitloss_letter", args=[loss.number])).status_code == 404
    assert numbers(client) == []


def test_the_owner_reaches_it_and_its_files(loss, client, make_user):
    owner = make_user("salesperson")
    loss.owner = owner
    loss.save()
    client.force_login(owner)

    assert client.get(loss.get_absolute_url()).status_code == 200
    assert reach.may_see(loss, owner)
    assert reach.may_add(loss, owner)


def test_who_may_not_deal_with_it_adds_no_files(loss, leader):
    assert reach.may_see(loss, leader)
    assert not reach.may_add(loss, leader)


def test_a_file_is_added_from_its_page(loss, manager):
    url = reverse("attachment_upload", args=["delivery.transitloss", loss.pk])

    manager.post(url, {"file": photo("回函.jpg")})

    kind = ContentType.objects.get_for_model(TransitLoss)
    assert Attachment.objects.get(content_type=kind, object_id=loss.pk).name == "回函.jpg"


def test_the_search_box_finds_it_and_jumps_to_its_number(loss, leader, make_user):
    assert search.jump(leader, loss.number.lower()) == loss.get_absolute_url()
    groups = {str(group.label): group for group in search.find(leader, "SP-2026")}
    assert [hit.title for hit in groups["途損"].hits] == [loss.number]
    assert search.jump(make_user("salesperson"), loss.number) == ""


def test_the_timeline_reads_in_words(loss, manager, sales_manager, now):
    claim_loss(loss, actor=sales_manager, now=now)

    text = page(manager, "transitloss_detail", loss.number)

    for word in ("登記途損", "第 10 行 多級離心泵：破損 1 台", "向承運商索賠", "3370 元"):
        assert word in text
    assert "transitloss." not in text.partition("經過")[2].partition("<aside")[0]
