"""A file waits between its preview and its confirmation: for one user, a day, under a short token."""

import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from aftersales.core import pending_uploads
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Submission

LONG_NAME = "二〇二六年十一月浙江盛邦泵業有限公司客戶主檔匯出（銷售部整理版）最終.xlsx"


@pytest.fixture
def token(sales_clerk):
    return pending_uploads.keep(SimpleUploadedFile(LONG_NAME, b"rows"), user=sales_clerk)


def test_the_user_gets_back_the_bytes_and_the_name(sales_clerk, token):
    kept = pending_uploads.fetch(token, user=sales_clerk)

    assert (kept.path.read_bytes(), kept.name) == (b"rows", LONG_NAME)


def test_the_token_fits_into_what_a_form_that_was_sent_twice_remembers(token):
    assert len(token) * 2 < Submission._meta.get_field("led_to").max_length


def test_another_user_gets_nothing(token, leader):
    with pytest.raises(RuleViolation, match="重新上傳"):
        pending_uploads.fetch(token, user=leader)


@pytest.mark.parametrize("wrong", ["", "x", "../../secret", "a" * 32 + ":1:2"])
def test_a_wrong_token_is_refused_with_the_same_sentence(sales_clerk, token, wrong):
    with pytest.raises(RuleViolation, match="重新上傳"):
        pending_uploads.fetch(wrong, user=sales_clerk)


def test_what_was_not_confirmed_within_a_day_is_swept(sales_clerk, token):
    now = timezone.now()
    kept = pending_uploads.fetch(token, user=sales_clerk)
    assert pending_uploads.forget_older(now=now) == 0

    for path in kept.path.parent.iterdir():
        os.utime(path, times=((now - timedelta(hours=25)).timestamp(),) * 2)
    assert pending_uploads.forget_older(now=now) == 1

    assert list(kept.path.parent.iterdir()) == []
    with pytest.raises(RuleViolation):
        pending_uploads.fetch(token, user=sales_clerk)
