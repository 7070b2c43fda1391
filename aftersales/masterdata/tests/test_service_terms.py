"""2.5, 3.3.3, 4.4: of warranty, answer and arrival the nearest word counts, and each says whose it is."""

import pytest

from aftersales.masterdata import actions, service_terms
from aftersales.masterdata.models import ServiceScope
from aftersales.masterdata.service_terms import terms_of
from delivery.tests.partners import TODAY, make_contract

pytestmark = [pytest.mark.clause("2.5"), pytest.mark.clause("3.3.3"), pytest.mark.clause("4.4")]


@pytest.fixture
def product(make_product):
    return make_product("P-100-2", warranty_months=12)


@pytest.fixture
def assess(quality_manager):
    def make(subject, **terms):
        which = "product" if hasattr(subject, "part_no") else "contract"
        return ServiceScope.objects.create(
            legal="a", harm="b", nature="c", requirements="d", feedback="e", decision="決定",
            decided_on=TODAY, decided_by=quality_manager, review_on="2027-11-24",
            **{which: subject}, **terms,
        )  # fmt: skip

    return make


def test_without_more_the_product_and_the_24_hours_count(product):
    terms = terms_of(product)

    assert (terms.warranty_months, terms.answer_hours, terms.arrival_hours) == (12, 24, None)
    assert (terms.warranty_from, terms.answer_from) == (product, None)


def test_each_nearer_word_goes_before_the_farther(product, assess, make_customer):
    of_product = assess(product, warranty_months=15)
    assert terms_of(product).warranty_from == of_product

    contract = make_contract(make_customer(), warranty_months=18, arrival_hours=12)
    assert terms_of(product, contract).warranty_months == 18
    assert terms_of(product, contract).arrival_from == contract

    of_contract = assess(contract, warranty_months=24)
    assert terms_of(product, contract).warranty_from == of_contract
    assert terms_of(product, contract).arrival_hours == 12


def test_the_shortest_answer_of_all_counts(product, assess, make_customer):
    contract = make_contract(make_customer())
    of_product = assess(product, answer_hours=8)
    assess(contract, answer_hours=12)

    terms = terms_of(product, contract)

    assert (terms.answer_hours, terms.answer_from) == (8, of_product)


def test_what_was_superseded_says_nothing_any_more(product, assess):
    assess(product, warranty_months=15, is_current=False)

    assert terms_of(product).warranty_months == 12


def test_they_are_told_in_words_with_what_they_rest_on(product, assess, make_customer):
    contract = make_contract(make_customer(), "HT-1", warranty_months=18)
    scope = assess(contract, answer_hours=8)

    warranty, answer, arrival = service_terms.in_words(terms_of(product, contract))

    assert (warranty.text, warranty.rests_on) == ("18 個月", "合同 HT-1")
    assert warranty.url == contract.get_absolute_url()
    assert (answer.text, answer.rests_on) == ("8 小時內", "合同 HT-1 的評定")
    assert answer.url == scope.get_absolute_url()
    assert (arrival.text, arrival.rests_on) == ("沒有約定", "")


def test_a_contract_alone_leaves_the_months_to_its_products(make_customer):
    warranty, *_rest = service_terms.in_words(terms_of(None, make_contract(make_customer())))

    assert warranty.text == "依各產品的保修月數"


def test_the_pages_of_contract_and_product_show_them(client, leader, product, make_customer):
    contract = make_contract(make_customer(), "HT-1", warranty_months=18)
    client.force_login(leader)

    assert "依據：<a" in client.get(product.get_absolute_url()).content.decode()
    page = client.get(contract.get_absolute_url()).content.decode()
    assert "18 個月" in page
    assert "24 小時內" in page


def test_a_delivered_unit_gets_the_warranty_of_its_contract(product, make_customer, now):
    customer = make_customer()
    contract = make_contract(customer, warranty_months=18)

    by_contract, plain = (
        actions.register_delivered_unit(
            serial_no=serial, product=product, customer=customer, delivered_on=TODAY,
            delivery_ref="FH-202611-0001 第 10 行", actor="王志明", now=now, contract=agreed,
        )
        for serial, agreed in (("A", contract), ("B", None))
    )  # fmt: skip

    assert by_contract.warranty_until.isoformat() == "2028-05-23"
    assert plain.warranty_until.isoformat() == "2027-11-23"


def test_a_unit_from_before_gets_that_of_its_products_assessment(
    product, assess, make_customer, sales_clerk, now
):
    assess(product, warranty_months=24)

    unit = actions.create_unit(
        actor=sales_clerk, now=now, serial_no="A", product=product, customer=make_customer(),
        delivered_on=TODAY,
    )  # fmt: skip

    assert unit.warranty_until.isoformat() == "2028-11-23"
