"""The table of routes × roles × methods: who may open what, and by which method.

Written by hand from chapter 2 and 3 of the procedure, not read from accounts/roles.py, so that
a slip there is found. A route that is missing here fails the suite.
"""

from collections.abc import Callable
from dataclasses import dataclass

from aftersales.accounts.roles import ROLES

EVERYBODY = frozenset(ROLES)
OFFICE = EVERYBODY - {"service_engineer"}
CLERK = frozenset({"sales_clerk"})
SALES = frozenset({"sales_clerk", "salesperson", "sales_manager"})
SALES_DESK = frozenset({"sales_clerk", "sales_manager"})
QUALITY = frozenset({"quality_engineer", "quality_manager"})
KEEPER = frozenset({"warehouse_keeper"})
LEADER = frozenset({"leader"})
DISPATCH = frozenset({"logistics_clerk", "shipping_clerk"})
ADMINISTRATOR = frozenset({"administrator"})
PURCHASING = frozenset({"purchasing"})
CONTRACT_KEEPERS = frozenset({"sales_manager", "contract_office"})
CARRIER_KEEPERS = CONTRACT_KEEPERS | {"logistics_clerk"}
SCOPE_DECIDERS = frozenset({"sales_manager", "quality_manager"})
RECEIPT = SALES | DISPATCH
PAPER = SALES_DESK | DISPATCH
LOSS = SALES | frozenset({"logistics_clerk"})

READ, ASK, POST_ONLY = ("GET",), ("GET", "POST"), ("POST",)


@dataclass(frozen=True)
class Route:
    """Who may use a route. `args` makes the URL's arguments from the test's world.

    `roles` None: open without a login. `is_of_a_note`: 404 for whom the note is out of reach.
    `otherwise` is the answer for other roles: 403 for a verb, 404 for an object out of reach.
    """

    roles: frozenset[str] | None
    methods: tuple[str, ...] = READ
    args: Callable = lambda world: []
    is_of_a_note: bool = False
    otherwise: int = 403


def note(state: str, roles: frozenset[str], methods: tuple[str, ...] = ASK) -> Route:
    """A route of a shipping note that stands at `state`."""
    return Route(roles, methods, lambda world: [world.note(state).reference], is_of_a_note=True)


def row(kind: str, roles: frozenset[str], methods: tuple[str, ...] = ASK) -> Route:
    """A route of another object of the test's world, by its primary key."""
    return Route(roles, methods, lambda world: [getattr(world, kind).pk])


def of_a_reversal(roles: frozenset[str], methods: tuple[str, ...] = ASK) -> Route:
    """A route of a reversal, found by whoever sees its note."""
    return Route(roles, methods, lambda world: [world.reversal().number], is_of_a_note=True)


def of_a_loss(
    state: str, roles: frozenset[str], methods: tuple[str, ...] = ASK, by_carrier: bool = True
) -> Route:
    """A route of a claim on a carrier, or of an incident of the own fleet, that stands at `state`."""
    return Route(
        roles, methods, lambda world: [world.loss(state, by_carrier).number], is_of_a_note=True
    )


def of_a_pickup(state: str, roles: frozenset[str], methods: tuple[str, ...] = ASK) -> Route:
    """A route of goods that the customer fetches, whose last check found a difference."""
    return Route(roles, methods, lambda world: [world.pickup(state).reference], is_of_a_note=True)


ROUTES: dict[str, Route] = {
    # --- without a login -------------------------------------------------------------------
    "login": Route(None, ASK),
    "health": Route(None),
    "language": Route(None, POST_ONLY),
    "password_reset": Route(None, ASK),
    "password_reset_done": Route(None),
    "password_reset_confirm": Route(None, ASK, lambda world: ["MQ", "wrong-token"]),
    "password_reset_complete": Route(None),
    "password_set": Route(None, ASK, lambda world: ["wrong-token"]),
    "public_load": Route(None, ASK, lambda world: ["wrong-token"]),
    "public_receive": Route(None, ASK, lambda world: ["wrong-token"]),
    "public_load_done": Route(None, READ, lambda world: ["wrong-seal"]),
    "public_receive_done": Route(None, READ, lambda world: ["wrong-seal"]),
    # --- everybody's own ---------------------------------------------------------------------
    "home": Route(EVERYBODY),
    "search": Route(EVERYBODY),
    "clauses": Route(EVERYBODY),
    "logout": Route(EVERYBODY, POST_ONLY),
    "password_change": Route(EVERYBODY, ASK),
    "profile": Route(EVERYBODY, ASK),
    "notice_list": Route(EVERYBODY),
    "notice_read_all": Route(EVERYBODY, POST_ONLY),
    "leave_list": Route(EVERYBODY),
    "leave_create": Route(EVERYBODY, ASK),
    # --- what hangs on a document follows the document ---------------------------------------
    "attachment_download": Route(OFFICE, READ, lambda world: [world.attachment.pk], otherwise=404),
    "attachment_preview": Route(OFFICE, READ, lambda world: [world.attachment.pk], otherwise=404),
    "attachment_upload": Route(
        OFFICE,
        POST_ONLY,
        lambda world: ["delivery.shippingnote", world.note("draft").pk],
        otherwise=404,
    ),
    "audit_timeline": Route(
        OFFICE,
        READ,
        lambda world: ["delivery.shippingnote", world.note("draft").pk],
        otherwise=404,
    ),
    # One's own notice and leave: nobody else's is found.
    "notice_read": Route(
        frozenset({"production"}), POST_ONLY, lambda world: [world.notice.pk], otherwise=404
    ),
    "leave_cancel": Route(
        frozenset({"production", "administrator"}),
        ASK,
        lambda world: [world.leave.pk],
        otherwise=404,
    ),
    # A large register on its way follows its kind; this one holds customers.
    "import_run_detail": Route(SALES, ASK, lambda world: [world.import_run.pk], otherwise=404),
    # --- master data ----------------------------------------------------------------------------
    "customer_list": Route(EVERYBODY),
    "customer_export": Route(EVERYBODY),
    "customer_detail": row("customer", EVERYBODY, READ),
    "customer_create": Route(SALES, ASK),
    "customer_edit": row("customer", SALES),
    "customer_import": Route(SALES, ASK),
    "customer_import_preview": Route(SALES, ASK, lambda world: ["wrong-token"]),
    "customer_deactivate": row("customer", SALES),
    "customer_reactivate": row("customer", SALES),
    "contact_create": row("customer", SALES),
    "contact_edit": row("contact", SALES),
    "product_list": Route(EVERYBODY),
    "product_export": Route(EVERYBODY),
    "product_detail": row("product", EVERYBODY, READ),
    "product_create": Route(SALES_DESK, ASK),
    "product_edit": row("product", SALES_DESK),
    "product_import": Route(SALES_DESK, ASK),
    "product_import_preview": Route(SALES_DESK, ASK, lambda world: ["wrong-token"]),
    "product_deactivate": row("product", SALES_DESK),
    "product_reactivate": row("product", SALES_DESK),
    "unit_list": Route(EVERYBODY),
    "unit_export": Route(EVERYBODY),
    "unit_detail": row("unit", EVERYBODY, READ),
    "unit_create": Route(SALES_DESK | {"service_headquarters"}, ASK),
    "unit_edit": row("unit", SALES_DESK | {"service_headquarters"}),
    "unit_import": Route(SALES_DESK | {"service_headquarters"}, ASK),
    "unit_import_preview": Route(
        SALES_DESK | {"service_headquarters"}, ASK, lambda world: ["wrong-token"]
    ),
    "supplier_list": Route(EVERYBODY),
    "supplier_export": Route(EVERYBODY),
    "supplier_detail": row("supplier", EVERYBODY, READ),
    "supplier_create": Route(PURCHASING, ASK),
    "supplier_edit": row("supplier", PURCHASING),
    "supplier_deactivate": row("supplier", PURCHASING),
    "supplier_reactivate": row("supplier", PURCHASING),
    "carrier_list": Route(EVERYBODY),
    "carrier_export": Route(EVERYBODY),
    "carrier_detail": row("carrier", EVERYBODY, READ),
    "carrier_create": Route(CARRIER_KEEPERS, ASK),
    "carrier_edit": row("carrier", CARRIER_KEEPERS),
    "carrier_deactivate": row("carrier", CARRIER_KEEPERS),
    "carrier_reactivate": row("carrier", CARRIER_KEEPERS),
    "agreement_create": row("carrier", CARRIER_KEEPERS),
    "agreement_edit": row("agreement", CARRIER_KEEPERS),
    "agreement_terminate": row("agreement", CARRIER_KEEPERS),
    "verification_create": row("carrier", frozenset({"salesperson", "sales_manager"})),
    "contract_list": Route(EVERYBODY),
    "contract_export": Route(EVERYBODY),
    "contract_detail": row("contract", EVERYBODY, READ),
    "contract_create": Route(CONTRACT_KEEPERS, ASK),
    "contract_edit": row("contract", CONTRACT_KEEPERS),
    "contract_scope_create": row("contract", SCOPE_DECIDERS),
    "product_scope_create": row("product", SCOPE_DECIDERS),
    "service_scope_list": Route(EVERYBODY),
    "service_scope_export": Route(EVERYBODY),
    "service_scope_detail": row("scope", EVERYBODY, READ),
    "expiry_list": Route(EVERYBODY),
    # --- the shipping note: desk (3.1.1 to 3.1.3) ------------------------------------------------
    "shippingnote_list": Route(OFFICE),
    "shippingnote_export": Route(OFFICE),
    "shippingnote_detail": note("submitted", OFFICE, READ),
    "shippingnote_create": Route(CLERK, ASK),
    "shippingnote_edit": note("draft", CLERK),
    "shippingnote_record_inspection": note("draft", CLERK | QUALITY | {"logistics_clerk"}),
    "shippingnote_log_contact": note("draft", SALES | {"logistics_clerk"}),
    "shippingnote_schedule": note("draft", frozenset({"salesperson", "sales_manager"})),
    "shippingnote_acknowledge": note("released", KEEPER),
    "shippingnote_submit": note("draft", CLERK),
    "shippingnote_cancel": note("draft", SALES_DESK),
    "shippingnote_release": note("submitted", LEADER),
    "shippingnote_send_back": note("submitted", LEADER),
    "shippingnote_refuse": note("submitted", LEADER),
    "shippingnote_release_queue": Route(LEADER, ASK),
    "shippingnote_withdraw": note("released", SALES_DESK),
    # --- the floor (3.1.4, 3.2.2) -------------------------------------------------------------------
    "shippingnote_verify_queue": Route(KEEPER),
    "shippingnote_start_verification": note("released", KEEPER),
    "shippingnote_verify": note("verifying", KEEPER, READ),
    "shippingnote_count_line": Route(
        KEEPER, ASK, lambda world: [world.note("verifying").reference, 10]
    ),
    "shippingnote_adjust_line": Route(
        KEEPER, ASK, lambda world: [world.adjusting_note().reference, 10]
    ),
    "shippingnote_complete_verification": note("verifying", KEEPER),
    "shippingnote_recheck": note("verified", KEEPER),
    "shippingnote_assign_vehicle": note("verified", DISPATCH),
    "shippingnote_issue": note("verified", frozenset({"shipping_clerk"})),
    "shippingnote_renew_load_link": note("issued", frozenset({"shipping_clerk"}), POST_ONLY),
    "shippingnote_renew_receive_link": note("in_transit", RECEIPT, POST_ONLY),
    "shippingnote_arrive": note("in_transit", RECEIPT),
    "shippingnote_record_receipt": note("delivered", RECEIPT),
    "shippingnote_file_paper": note("signed", PAPER),
    # --- faults on arrival (3.2.2) -------------------------------------------------------------------
    "arrival_queue": Route(frozenset({"salesperson", "sales_manager"})),
    "arrival_report": note("delivered", RECEIPT),
    "arrival_confirm": note("delivered", frozenset({"salesperson", "sales_manager"})),
    "refused_goods_list": Route(OFFICE),
    # --- losses in transit (3.2.2) --------------------------------------------------------------------
    "transitloss_list": Route(OFFICE),
    "transitloss_export": Route(OFFICE),
    "transitloss_detail": of_a_loss("open", OFFICE, READ),
    "transitloss_letter": of_a_loss("claimed", OFFICE, READ),
    "transitloss_assess": of_a_loss("open", LOSS),
    "transitloss_claim": of_a_loss("open", LOSS),
    "transitloss_accept": of_a_loss("claimed", LOSS),
    "transitloss_reject": of_a_loss("claimed", LOSS),
    "transitloss_settle": of_a_loss("accepted", frozenset({"sales_manager"})),
    "transitloss_resolve": of_a_loss("open", frozenset({"sales_manager"}), by_carrier=False),
    "transitloss_hand_on": of_a_loss("open", frozenset({"sales_manager"})),
    "transitloss_write_off": of_a_loss("rejected", frozenset({"sales_manager"})),
    # --- reversals and signed papers (3.2.2) --------------------------------------------------------
    "shippingnote_reverse": note("closed", CLERK),
    "reversal_list": Route(OFFICE),
    "reversal_detail": of_a_reversal(OFFICE, READ),
    "reversal_approve": of_a_reversal(LEADER),
    "reversal_void": of_a_reversal(CLERK),
    "reversal_refuse": of_a_reversal(LEADER),
    "reversal_redraw": of_a_reversal(CLERK),
    "signed_paper_list": Route(OFFICE),
    "signed_paper_export": Route(OFFICE),
    "signed_paper_filing": Route(PAPER, ASK),
    # --- pick-up by the customer (3.2.1) --------------------------------------------------------------
    "shippingnote_pickup": of_a_pickup("found", OFFICE, READ),
    "shippingnote_check_pickup": of_a_pickup("repacked", CLERK | KEEPER),
    "shippingnote_hand_over": of_a_pickup("repacked", CLERK | KEEPER),
    "pickup_state_cause": of_a_pickup("found", CLERK),
    "pickup_consent": of_a_pickup("caused", frozenset({"sales_manager"})),
    "pickup_decline": of_a_pickup("caused", frozenset({"sales_manager"})),
    "pickup_confirm": of_a_pickup("consented", CLERK),
    "pickup_repack": of_a_pickup("confirmed", KEEPER),
    # --- import -------------------------------------------------------------------------------------
    "shippingnote_import": Route(CLERK, ASK),
    "sheet_mapping_list": Route(CLERK),
    "sheet_mapping_rename": row("mapping", CLERK, POST_ONLY),
    "sheet_mapping_forget": row("mapping", CLERK, POST_ONLY),
    "shippingnote_import_preview": Route(CLERK, ASK, lambda world: ["wrong-token"]),
    "shipment_import": Route(CLERK, ASK),
    "shipment_import_preview": Route(CLERK, ASK, lambda world: ["wrong-token"]),
    # --- papers -------------------------------------------------------------------------------------
    "shippingnote_paper": Route(
        OFFICE, READ, lambda world: [world.note("released").reference, "shipping_note"]
    ),
    "shippingnote_papers": Route(OFFICE, ASK, lambda world: ["shipping_note"]),
    # --- people ---------------------------------------------------------------------------------------
    "user_list": Route(OFFICE),
    "user_detail": row("colleague", OFFICE, READ),
    "user_create": Route(ADMINISTRATOR, ASK),
    "user_edit": row("colleague", ADMINISTRATOR),
    "user_deactivate": row("colleague", ADMINISTRATOR),
    "user_reactivate": row("colleague", ADMINISTRATOR),
    "user_invite": row("colleague", ADMINISTRATOR, POST_ONLY),
    "department_list": Route(OFFICE),
    "department_create": Route(ADMINISTRATOR, ASK),
    "department_edit": row("department", ADMINISTRATOR),
    "role_list": Route(OFFICE),
    "company_edit": Route(ADMINISTRATOR, ASK),
}
