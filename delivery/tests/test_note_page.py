"""The document page and the pages of the desk: what they show, what they refuse, what they keep."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from aftersales.core.models import AuditEntry, Company
from delivery.actions import create_note, withdraw_note
from delivery.models import Adjustment, ContactLog, LineCount, LoadingCount, ShippingNote, Signature

pytestmark = pytest.mark.clause("3.1.3")
NOTES = "/delivery/notes/"


@pytest.fixture
def as_user(client):
    def login(user):
        client.force_login(user)
        return client

    return login


def text_of(response) -> str:
    return response.content.decode()


def filled(customer, **more) -> dict:
    """What the form of a note sends."""
    rows = more.pop("rows", [("P-100-2", "2", "8650"), ("S-210", "6", "")])
    data = {
        "customer": customer,
        "issued_on": "2026-11-24",
        "lines-TOTAL_FORMS": str(len(rows) + 1),
        "lines-INITIAL_FORMS": "0",
        "form_key": "key-1",
    } | more
    for index, (part_no, quantity, price) in enumerate(rows):
        data |= {
            f"lines-{index}-part_no": part_no,
            f"lines-{index}-quantity": quantity,
            f"lines-{index}-unit_price": price,
        }
    return data


@pytest.fixture
def goods(make_product):
    return make_product("P-100-2", "多級離心泵"), make_product("S-210", "機械密封", uom="套")


# --- drawing up ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["C0001", "寧波海曙水務設備有限公司", "宁波海曙", "C0001 寧波海曙水務設備有限公司"]
)
def test_a_note_is_drawn_up_with_the_customer_in_either_script(
    as_user, make_customer, goods, sales_clerk, typed
):
    customer = make_customer()

    response = as_user(sales_clerk).post(NOTES + "new/", filled(typed))

    note = ShippingNote.objects.get()
    assert response.url == note.get_absolute_url()
    assert note.customer == customer
    assert [(line.part_no, line.amount) for line in note.lines.all()] == [
        ("P-100-2", Decimal("17300.00")),
        ("S-210", None),
    ]


def test_a_form_that_is_sent_twice_makes_one_note(as_user, make_customer, goods, sales_clerk):
    make_customer()
    first = as_user(sales_clerk).post(NOTES + "new/", filled("C0001"))
    second = as_user(sales_clerk).post(NOTES + "new/", filled("C0001"))

    assert ShippingNote.objects.count() == 1
    assert first.url == second.url


def test_wrong_input_is_named_at_its_field_and_nothing_is_stored(
    as_user, make_customer, goods, sales_clerk
):
    make_customer()
    rows = [("P-100-2", "-1", ""), ("沒有的料號", "1", ""), ("", "3", "")]

    response = as_user(sales_clerk).post(NOTES + "new/", filled("某家不存在的公司", rows=rows))

    page = text_of(response)
    assert "客戶主檔裡沒有「某家不存在的公司」" in page
    assert "主檔裡沒有料號「沒有的料號」" in page
    assert "數量要大於 0，現在是 -1" in page
    assert not ShippingNote.objects.exists()


def test_a_refusal_of_the_rule_stands_in_its_line(
    as_user, make_customer, make_product, sales_clerk
):
    make_customer()
    make_product("P-1", "泵", is_serialised=True)

    response = as_user(sales_clerk).post(NOTES + "new/", filled("C0001", rows=[("P-1", "1.5", "")]))

    assert "數量要是整數" in text_of(response)
    assert not ShippingNote.objects.exists()


def test_several_customers_that_it_may_be_are_named(as_user, make_customer, goods, sales_clerk):
    make_customer("海曙一廠")
    make_customer("海曙二廠")

    page = text_of(as_user(sales_clerk).post(NOTES + "new/", filled("海曙")))

    assert "C0001 海曙一廠、C0002 海曙二廠" in page


def test_wide_digits_and_commas_are_numbers(as_user, make_customer, goods, sales_clerk):
    make_customer()

    as_user(sales_clerk).post(
        NOTES + "new/", filled("C0001", rows=[("P-100-2", "１，２００", "8,650.5")])
    )

    line = ShippingNote.objects.get().lines.get()
    assert (line.quantity, line.unit_price) == (Decimal(1200), Decimal("8650.5"))


def test_without_a_script_more_rows_come_by_a_button(as_user, make_customer, goods, sales_clerk):
    data = filled("C0001", more_lines="1")

    response = as_user(sales_clerk).post(NOTES + "new/", data)

    page = text_of(response)
    assert 'name="lines-7-part_no"' in page
    assert 'value="P-100-2"' in page
    assert not ShippingNote.objects.exists()


def test_a_ticked_row_is_deleted_and_serials_may_be_parted_by_anything(
    as_user, make_customer, goods, sales_clerk, now
):
    note = create_note(
        actor=sales_clerk,
        now=now,
        customer=make_customer(),
        lines=[{"product": product, "quantity": Decimal(2)} for product in goods],
    )
    first, second = note.lines.all()
    data = filled("C0001", version="1") | {
        "lines-TOTAL_FORMS": "2",
        "lines-INITIAL_FORMS": "2",
        "lines-0-pk": first.pk,
        "lines-0-planned_serials": "A1，A2",
        "lines-1-pk": second.pk,
        "lines-1-DELETE": "on",
    }

    response = as_user(sales_clerk).post(f"{NOTES}draft-{note.pk}/edit/", data)

    assert response.status_code == 302
    assert note.lines.get().planned_serials == ["A1", "A2"]


def test_a_new_note_after_an_earlier_one_has_its_goods_but_not_its_number(
    as_user, make_note, sales_clerk, now
):
    note = make_note(now, state="released", external_no="K-1")

    page = text_of(as_user(sales_clerk).get(NOTES + "new/", {"copy": note.reference}))

    assert 'value="P-100-2"' in page
    assert "王志明" in page
    assert "K-1" not in page


def test_a_stale_edit_meets_both_versions_and_may_then_overwrite(
    as_user, make_customer, goods, sales_clerk, now
):
    note = create_note(actor=sales_clerk, now=now, customer=make_customer(), consignee="原來的")
    ShippingNote.objects.filter(pk=note.pk).update(consignee="別人改的", version=2)
    url = f"{NOTES}draft-{note.pk}/edit/"
    data = filled("C0001", version="1", consignee="我改的")

    response = as_user(sales_clerk).post(url, data)

    page = text_of(response)
    assert response.status_code == 409
    assert "別人改的" in page
    assert "我改的" in page
    assert "用我的版本覆蓋" in page
    note.refresh_from_db()
    assert (note.consignee, note.lines.count()) == ("別人改的", 0)
    assert response.context["form"]["version"].value() == 2

    again = as_user(sales_clerk).post(url, data | {"version": "2", "form_key": "key-2"})

    assert again.status_code == 302
    note.refresh_from_db()
    assert (note.consignee, note.version) == ("我改的", 3)


def test_what_is_released_has_no_form_but_what_to_do_instead(as_user, make_note, sales_clerk, now):
    note = make_note(now, state="released")

    response = as_user(sales_clerk).get(f"{NOTES}{note.reference}/edit/")

    assert response.status_code == 409
    assert "撤回並修訂" in text_of(response)


def test_suggestions_find_customers_and_parts_while_one_types(
    as_user, make_customer, goods, sales_clerk
):
    make_customer(address="環城西路 88 號", phone="0574-1")
    client = as_user(sales_clerk)
    headers = {"HTTP_HX_REQUEST": "true"}

    customers = client.get(NOTES + "new/", {"suggest": "customers", "customer": "宁波"}, **headers)
    parts = client.get(
        NOTES + "new/", {"suggest": "products", "lines-0-part_no": "机械"}, **headers
    )
    receiver = client.get(
        NOTES + "new/", {"suggest": "receiver", "customer": "C0001", "phone": "139"}, **headers
    )

    assert "C0001 寧波海曙水務設備有限公司" in text_of(customers)
    assert 'value="S-210"' in text_of(parts)
    assert "P-100-2" not in text_of(parts)
    assert "環城西路 88 號" in text_of(receiver)
    assert "0574-1" not in text_of(receiver)


# --- the document -------------------------------------------------------------------------------


def test_a_drafts_old_address_leads_to_its_number(as_user, make_note, sales_clerk, now):
    note = make_note(now, state="submitted")

    response = as_user(sales_clerk).get(f"{NOTES}draft-{note.pk}/")

    assert response.url == f"{NOTES}{note.number}/"


@pytest.mark.parametrize("reference", ["FH-209901-0001", "draft-999", "draft-x", "-R2", "<script>"])
def test_what_is_not_there_is_404(as_user, sales_clerk, reference):
    assert as_user(sales_clerk).get(f"{NOTES}{reference}/").status_code == 404


def test_what_is_out_of_reach_is_404_and_a_verb_of_others_403(as_user, make_note, salesperson, now):
    note = make_note(now, state="submitted")

    assert as_user(salesperson).get(note.get_absolute_url()).status_code == 404
    assert as_user(salesperson).get(note.get_absolute_url() + "schedule/").status_code == 404
    assert as_user(salesperson).post(note.get_absolute_url() + "release/").status_code == 403


def test_the_page_offers_what_may_be_done_and_names_what_is_missing(
    as_user, make_note, sales_clerk, now
):
    page = text_of(as_user(sales_clerk).get(make_note(now).get_absolute_url()))

    assert "還缺 1 項" in page
    assert "請先登記終檢合格" in page
    assert "/inspection/" in page
    assert "/release/" not in page


def test_the_page_shows_counts_contacts_serials_and_signatures(
    as_user, make_note, make_user, sales_clerk, now
):
    note = make_note(now, state="signed")
    line = note.lines.first()
    keeper = make_user("warehouse_keeper", name="郭文斌")
    short = LineCount.objects.create(
        line=line, attempt=1, result="short", counted_quantity=1, difference="少 1 台",
        counted_at=now, counted_by=keeper,
    )  # fmt: skip
    Adjustment.objects.create(count=short, measure="corrected", made_at=now, made_by=keeper)
    LineCount.objects.create(
        line=line, attempt=2, result="match", counted_quantity=2, counted_at=now, counted_by=keeper
    )
    LoadingCount.objects.create(
        line=line, attempt=1, counted_quantity=2, counted_at=now, counted_by="周建軍"
    )
    ContactLog.objects.create(
        note=note, at=now, channel="call", person="陳志遠", agreed="26 日上午到貨",
        logged_by=sales_clerk, logged_at=now,
    )  # fmt: skip
    Signature.objects.create(
        note=note, party="receiver", means="screen", name="王志明", path="M1 2L3 4",
        signed_hash="0" * 64, signed_at=now,
    )  # fmt: skip

    page = text_of(as_user(sales_clerk).get(note.get_absolute_url()))

    for words in (
        "少 1 台",
        "已換成單上的品項與數量",
        "周建軍",
        "26 日上午到貨",
        "M1 2L3 4",
        "一致",
    ):
        assert words in page
    assert f"C2611-0417-{note.pk}" in page


def test_revisions_lead_to_one_another(as_user, make_note, sales_clerk, now):
    note = make_note(now, state="released")
    revision = withdraw_note(note, actor=sales_clerk, now=now, reason="改數量")

    before = text_of(as_user(sales_clerk).get(note.get_absolute_url()))
    after = text_of(as_user(sales_clerk).get(revision.get_absolute_url()))

    assert revision.get_absolute_url() in before
    assert note.get_absolute_url() in after
    assert "改數量" in after


@pytest.mark.clause("3.1.4")
@pytest.mark.parametrize(("is_blind", "is_seen"), [(True, False), (False, True)])
def test_a_keeper_who_counts_does_not_read_the_quantities_here(
    as_user, make_note, warehouse_keeper, now, is_blind, is_seen
):
    Company.objects.update_or_create(
        pk=1, defaults={"name": "甲", "short_name": "甲", "blind_count": is_blind}
    )
    note = make_note(now, state="verifying")

    page = text_of(as_user(warehouse_keeper).get(note.get_absolute_url()))

    assert ("6 套" in page) == is_seen


def test_files_are_attached_by_whoever_has_a_part_in_it(as_user, make_note, make_user, now):
    note = make_note(now)
    client = as_user(make_user("logistics_clerk"))
    upload = SimpleUploadedFile("約定.txt", "26 日到貨".encode())

    client.post(f"/attachments/add/delivery.shippingnote/{note.pk}/", {"file": upload})

    assert "約定.txt" in text_of(client.get(note.get_absolute_url()))
    reader = text_of(as_user(make_user("production")).get(note.get_absolute_url()))
    assert "/attachments/add/" not in reader


@pytest.mark.parametrize("state", ["draft", "verifying", "signed"])
def test_the_page_costs_the_same_queries_whatever_it_holds(
    as_user, make_note, sales_clerk, make_user, now, django_assert_max_num_queries, state
):
    lines = [(f"P-{number}", "泵", "1", (f"S{number}",)) for number in range(40)]
    note = make_note(now, state=state, lines=lines)
    keeper = make_user("warehouse_keeper")
    LineCount.objects.bulk_create(
        LineCount(
            line=line, attempt=1, result="match", counted_quantity=1, counted_at=now,
            counted_by=keeper,
        )
        for line in note.lines.all()
    )  # fmt: skip
    client = as_user(sales_clerk)
    client.get(note.get_absolute_url())

    with django_assert_max_num_queries(12):
        client.get(note.get_absolute_url())


# --- the verbs ----------------------------------------------------------------------------------


def test_from_draft_to_released_in_the_browser(
    as_user, make_note, make_user, sales_clerk, warehouse_keeper, leader, now
):
    note = make_note(now, issuer=sales_clerk)
    today = timezone.localdate().isoformat()
    note.ship_on = None
    note.save()

    def post(user, verb, **data):
        nonlocal note
        response = as_user(user).post(f"{note.get_absolute_url()}{verb}/", data)
        assert response.status_code == 302, text_of(response)
        note = ShippingNote.objects.get(pk=note.pk)
        assert response.url == note.get_absolute_url()

    post(
        make_user("quality_engineer"),
        "inspection",
        final_inspection_no="ZJ-1",
        final_inspection_on=today,
        final_inspection_by="何雅婷",
    )
    post(
        make_user("logistics_clerk"),
        "contact",
        at=timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        channel="call",
        person="陳志遠",
        agreed="明天上午到貨",
    )
    post(make_user("sales_manager"), "schedule", ship_on=today, delivery_mode="own_fleet")
    post(warehouse_keeper, "acknowledge")
    post(sales_clerk, "submit")
    post(leader, "release", version=note.version, seen="on")

    assert note.state == "released"
    assert AuditEntry.objects.filter(event="shippingnote.released").count() == 1


def test_a_refusal_is_shown_with_its_reason_on_the_verbs_page(as_user, make_note, leader, now):
    note = make_note(now, state="submitted")
    ShippingNote.objects.filter(pk=note.pk).update(scheduled_at=None)

    response = as_user(leader).post(
        note.get_absolute_url() + "release/", {"version": note.version, "seen": "on"}
    )

    assert response.status_code == 200
    assert "業務員還沒有安排交付方式" in text_of(response)
    note.refresh_from_db()
    assert note.state == "submitted"


def test_release_wants_the_note_to_have_been_looked_at(as_user, make_note, leader, now):
    note = make_note(now, state="submitted")

    page = text_of(
        as_user(leader).post(note.get_absolute_url() + "release/", {"version": note.version})
    )

    assert "請看過內容後勾選" in page
    note.refresh_from_db()
    assert note.state == "submitted"


def test_a_verb_in_the_wrong_state_says_where_the_note_stands(as_user, make_note, leader, now):
    note = make_note(now, state="released")

    page = text_of(as_user(leader).get(note.get_absolute_url() + "release/"))

    assert "目前是「已簽發」，不能「簽發」" in page


# --- several at once ----------------------------------------------------------------------------


def test_several_are_released_after_a_look_at_each(as_user, make_note, leader, now):
    seen, unseen = (make_note(now, state="submitted") for _each in range(2))
    client = as_user(leader)
    page = text_of(client.get("/delivery/release/"))
    assert "機械密封" in page

    client.post("/delivery/release/", {"seen": [seen.pk], f"version-{seen.pk}": seen.version})

    states = dict(ShippingNote.objects.values_list("pk", "state"))
    assert states == {seen.pk: "released", unseen.pk: "submitted"}


def test_one_that_changed_since_is_left_and_the_others_go_through(as_user, make_note, leader, now):
    good, changed = (make_note(now, state="submitted") for _each in range(2))
    data = {"seen": [good.pk, changed.pk]} | {
        f"version-{note.pk}": note.version for note in (good, changed)
    }
    ShippingNote.objects.filter(pk=changed.pk).update(version=9)

    page = text_of(as_user(leader).post("/delivery/release/", data, follow=True))

    states = dict(ShippingNote.objects.values_list("pk", "state"))
    assert states == {good.pk: "released", changed.pk: "submitted"}
    assert f"已簽發 1 張：{good.title}" in page
    assert f"{changed.title}：" in page
    assert "請重新查看後再簽發" in page


def test_the_same_list_sent_again_releases_nothing_twice_and_says_done(
    as_user, make_note, leader, now
):
    note = make_note(now, state="submitted")
    data = {"seen": [note.pk], f"version-{note.pk}": note.version}
    client = as_user(leader)

    client.post("/delivery/release/", data)
    page = text_of(client.post("/delivery/release/", data, follow=True))

    assert f"已簽發 1 張：{note.title}" in page
    assert AuditEntry.objects.filter(event="shippingnote.released").count() == 1


def test_without_a_tick_nothing_is_released(as_user, make_note, leader, now):
    make_note(now, state="submitted")

    page = text_of(as_user(leader).post("/delivery/release/", {}, follow=True))

    assert "請先看過內容並勾選" in page
    assert ShippingNote.objects.get().state == "submitted"


def test_the_own_note_stands_in_the_queue_without_a_tick(as_user, make_note, make_user, now):
    both = make_user("leader", "sales_clerk")
    make_note(now, state="submitted", issuer=both)

    page = text_of(as_user(both).get("/delivery/release/"))

    assert "簽發人不能是制單人" in page
    assert 'name="seen"' not in page


def test_the_queue_costs_the_same_queries_for_many(
    as_user, make_note, leader, now, django_assert_max_num_queries
):
    for _each in range(12):
        make_note(now, state="submitted")
    client = as_user(leader)

    with django_assert_max_num_queries(13):
        page = text_of(client.get("/delivery/release/"))
    assert page.count('name="seen"') == 12
