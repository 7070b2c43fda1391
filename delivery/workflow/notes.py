"""What may follow what on a 發貨單, by whom, by which clause (3.1 and 3.2)."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.text import listed
from aftersales.core.workflow import Guard, Transition, Workflow
from aftersales.masterdata import qualification
from delivery.models import ShippingNote
from delivery.quantities import plain
from delivery.workflow.pickups import last_check

S = ShippingNote.State
BEFORE_LEAVING = (S.RELEASED, S.VERIFYING, S.ADJUSTING, S.VERIFIED, S.ISSUED)


def _inspected(note, actor) -> str:
    if note.final_inspection_no and note.final_inspection_on and note.final_inspection_by:
        return ""
    return _t("請先登記終檢合格的單號、日期與檢驗人，再開出發貨單")


def _complete(note, actor) -> str:
    missing = [
        str(note._meta.get_field(name).verbose_name)
        for name in ("consignee", "phone", "address", "ship_on")
        if not getattr(note, name)
    ]
    return _t("請補上：%(fields)s") % {"fields": listed(missing)} if missing else ""


def _has_lines(note, actor) -> str:
    return "" if note.lines.exists() else _t("發貨單沒有明細，請至少加一行")


def _serials_fit(note, actor) -> str:
    seen = set()
    for line in note.lines.all():
        if len(line.planned_serials) > line.quantity:
            return _t("第 %(line)s 行有 %(serials)d 個序列號，數量只有 %(quantity)s %(uom)s") % {
                "line": line.line_no,
                "serials": len(line.planned_serials),
                "quantity": plain(line.quantity),
                "uom": line.uom,
            }
        for serial in line.planned_serials:
            if (line.product_id, serial) in seen:
                return _t("序列號 %(serial)s 在單上寫了兩次，請更正") % {"serial": serial}
            seen.add((line.product_id, serial))
    return ""


def _scheduled(note, actor) -> str:
    if note.scheduled_at:
        return ""
    return _t("業務員還沒有安排交付方式與日期，請先安排並通知倉庫")


def _acknowledged(note, actor) -> str:
    return "" if note.acknowledged_at else _t("倉庫還沒有確認備貨通知，請先確認")


def _unacknowledged(note, actor) -> str:
    if not note.acknowledged_at:
        return ""
    return _t("%(who)s 已於 %(at)s 確認備貨，不用再確認") % {
        "who": note.acknowledged_by,
        "at": date_format(timezone.localtime(note.acknowledged_at), "SHORT_DATETIME_FORMAT"),
    }


def _not_the_issuer(note, actor) -> str:
    if actor.acts_apart_from(note.issuer_id, "delivery.release_shippingnote"):
        return ""
    return _t("簽發人不能是制單人，請由另一位分管領導或其代理人簽發")


def _all_counted(note, actor) -> str:
    open_lines = [str(line.line_no) for line in note.lines.all() if line.verified_quantity is None]
    if open_lines:
        return _t("第 %(lines)s 行尚未核對一致") % {"lines": listed(open_lines)}
    return ""


def _has_vehicle(note, actor) -> str:
    if note.is_pickup or (note.vehicle_no and note.driver_name):
        return ""
    return _t("請先指定車號與司機")


def _carrier_qualified(note, actor, now) -> str:
    """On the day of shipping, or today where that is past."""
    if not note.is_carried:
        return ""
    if note.carrier is None:
        return _t("請由業務員安排交付，選一家有有效協議與能力驗證的承運商")
    today = timezone.localdate(now)
    return qualification.refusal(note.carrier, max(note.ship_on or today, today))


def _no_open_difference(note, actor) -> str:
    last = last_check(note)
    if last is None or last.is_match or last.difference.state == last.difference.State.REPACKED:
        return ""
    return _t(
        "上次三方核對有差異，目前「%(state)s」；要依序查明原因、經理同意、顧客確認、重新包裝後再核對"
    ) % {"state": last.difference.get_state_display()}


def _pickup_agrees(note, actor) -> str:
    last = last_check(note)
    if last is None:
        return _t("請先由銷售內勤、倉庫保管員與顧客三方核對")
    return "" if last.is_match else _t("最後一次三方核對有差異，改正並重新核對相符後才能交貨")


def _no_reversal_waits(note, actor) -> str:
    waiting = [reversal for reversal in note.reversals.all() if reversal.is_waiting]
    if not waiting:
        return ""
    return _t("已有沖銷單 %(number)s 等核准，請先核准或作廢那一張") % {"number": waiting[0]}


def _by_vehicle(note) -> str:
    return _t("這張單由顧客自提，不經司機運送") if note.is_pickup else ""


def _by_pickup(note) -> str:
    return "" if note.is_pickup else _t("這張單不是顧客自提")


def _written_here(note) -> str:
    if note.source == note.Source.WRITTEN:
        return ""
    return _t("這張單由登記簿匯入，只供查詢")


INSPECTED = Guard(
    "inspected", _("終檢合格已登記"), _inspected, "3.1.1", "shippingnote_record_inspection"
)
COMPLETE = Guard(
    "complete", _("收貨人、電話、地址、發貨日期齊全"), _complete, "3.1.3", "shippingnote_edit"
)
HAS_LINES = Guard("has_lines", _("至少一行明細"), _has_lines, "3.1.3", "shippingnote_edit")
SERIALS_FIT = Guard(
    "serials_fit", _("序列號不重複、不多於數量"), _serials_fit, "3.1.4", "shippingnote_edit"
)
SCHEDULED = Guard("scheduled", _("已安排交付"), _scheduled, "3.1.2", "shippingnote_schedule")
ACKNOWLEDGED = Guard(
    "acknowledged", _("倉庫已確認備貨"), _acknowledged, "3.1.2", "shippingnote_acknowledge"
)
UNACKNOWLEDGED = Guard("unacknowledged", _("尚未確認過"), _unacknowledged, "3.1.2")
NOT_THE_ISSUER = Guard("not_the_issuer", _("簽發人不是制單人"), _not_the_issuer, "3.1.3")
ALL_COUNTED = Guard("all_counted", _("每一行核對一致"), _all_counted, "3.1.4")
HAS_VEHICLE = Guard(
    "has_vehicle", _("車號與司機已指定"), _has_vehicle, "3.2.2", "shippingnote_assign_vehicle"
)
CARRIER_QUALIFIED = Guard(
    "carrier_qualified", _("承運商有有效的協議與能力驗證"), _carrier_qualified, "3.1.2",
    "shippingnote_schedule", is_timed=True,
)  # fmt: skip
NO_OPEN_DIFFERENCE = Guard(
    "no_open_difference", _("提貨差異已重新包裝"), _no_open_difference, "3.2.1",
    "shippingnote_pickup",
)  # fmt: skip
PICKUP_AGREES = Guard(
    "pickup_agrees", _("三方核對相符"), _pickup_agrees, "3.2.1", "shippingnote_check_pickup"
)
NO_REVERSAL_WAITS = Guard("no_reversal_waits", _("沒有等核准的沖銷單"), _no_reversal_waits, "3.2.2")

WORKFLOW = Workflow(
    Transition(
        "record_inspection", (S.DRAFT,), None, "delivery.record_inspection",
        _("登記終檢合格"), "3.1.1", description=_("沒有終檢合格，不能開出發貨單"),
    ),
    Transition(
        "log_contact", (S.DRAFT, S.SUBMITTED, *BEFORE_LEAVING, S.IN_TRANSIT, S.DELIVERED), None,
        "delivery.log_contact", _("登記聯絡"), "3.1.1",
        description=_("與客戶約定交付：何時、何人、約定什麼"),
    ),
    Transition(
        "schedule", (S.DRAFT, S.SUBMITTED), None, "delivery.schedule_shippingnote",
        _("安排交付"), "3.1.2", description=_("定交付方式與日期，通知倉庫備貨"),
    ),
    Transition(
        "acknowledge", (S.DRAFT, S.SUBMITTED, S.RELEASED), None,
        "delivery.acknowledge_shippingnote", _("確認備貨通知"), "3.1.2",
        guards=(SCHEDULED, UNACKNOWLEDGED), description=_("倉庫已知道日期與品項，開始備貨"),
    ),
    Transition(
        "submit", (S.DRAFT,), S.SUBMITTED, "delivery.submit_shippingnote",
        _("提交簽發"), "3.1.3", guards=(HAS_LINES, SERIALS_FIT, COMPLETE, INSPECTED), is_primary=True,
        description=_("取得單號，交分管領導簽發"),
    ),
    Transition(
        "release", (S.SUBMITTED,), S.RELEASED, "delivery.release_shippingnote",
        _("簽發"), "3.1.3", guards=(NOT_THE_ISSUER, SCHEDULED, CARRIER_QUALIFIED),
        is_primary=True,
        description=_("簽發後單據不能再改，可以發貨"),
    ),
    Transition(
        "send_back", (S.SUBMITTED,), S.DRAFT, "delivery.release_shippingnote",
        _("退回修改"), "3.1.3", guards=(NOT_THE_ISSUER,),
        description=_("寫明理由，退回制單人"),
    ),
    Transition(
        "refuse", (S.SUBMITTED,), S.REFUSED, "delivery.release_shippingnote",
        _("不予簽發"), "3.1.3", guards=(NOT_THE_ISSUER,), is_danger=True,
        description=_("寫明理由，單據就此結束"),
    ),
    Transition(
        "cancel", (S.DRAFT, S.SUBMITTED), S.CANCELLED, "delivery.cancel_shippingnote",
        _("作廢"), "3.1.3", is_danger=True, description=_("單號保留，寫明理由"),
    ),
    Transition(
        "withdraw", BEFORE_LEAVING, S.WITHDRAWN, "delivery.withdraw_shippingnote",
        _("撤回並修訂"), "3.1.3", is_danger=True,
        description=_("已簽發的單據不能改：撤回後開立下一修訂，須重新簽發"),
    ),
    Transition(
        "start_verification", (S.RELEASED,), S.VERIFYING, "delivery.verify_shippingnote",
        _("開始核對"), "3.1.4", guards=(ACKNOWLEDGED,), is_primary=True,
        description=_("逐項點數，錄入序列號與批號"),
    ),
    Transition(
        "count_line", (S.VERIFYING, S.ADJUSTING), None, "delivery.verify_shippingnote",
        _("核對"), "3.1.4", is_hidden=True,
    ),
    Transition(
        "find_difference", (S.VERIFYING, S.ADJUSTING), S.ADJUSTING,
        "delivery.verify_shippingnote", _("發現差異"), "3.1.4", is_hidden=True,
    ),
    Transition(
        "adjust_line", (S.ADJUSTING,), None, "delivery.verify_shippingnote",
        _("調整"), "3.1.4", is_hidden=True,
    ),
    Transition(
        "resume_verification", (S.ADJUSTING,), S.VERIFYING, "delivery.verify_shippingnote",
        _("重新核對"), "3.1.4", is_hidden=True,
    ),
    Transition(
        "complete_verification", (S.VERIFYING,), S.VERIFIED, "delivery.verify_shippingnote",
        _("核對完成"), "3.1.4", guards=(ALL_COUNTED,), is_primary=True,
        description=_("全部一致才放行裝車"),
    ),
    Transition(
        "recheck", (S.VERIFIED, S.ISSUED), S.VERIFYING, "delivery.verify_shippingnote",
        _("重新核對"), "3.1.4", is_danger=True,
        description=_("裝車點數不符時，全部重新點數"),
    ),
    Transition(
        "assign_vehicle", (S.SUBMITTED, *BEFORE_LEAVING), None,
        "delivery.dispatch_shippingnote", _("指定車輛與司機"), "3.2.2", concerns=_by_vehicle,
        description=_("車號、司機、電話"),
    ),
    Transition(
        "issue", (S.VERIFIED,), S.ISSUED, "delivery.issue_shippingnote",
        _("出庫放行"), "3.2.2", guards=(HAS_VEHICLE, CARRIER_QUALIFIED), is_primary=True,
        description=_("扣賬出庫，之後由司機點數簽收，或與提貨的顧客三方核對"),
    ),
    Transition(
        "check_pickup", (S.ISSUED,), None, "delivery.check_pickup", _("三方核對"), "3.2.1",
        guards=(NO_OPEN_DIFFERENCE,), is_primary=True, concerns=_by_pickup,
        description=_("銷售內勤、倉庫保管員與顧客一起對照成品發貨單"),
    ),
    Transition(
        "hand_over", (S.ISSUED,), S.SIGNED, "delivery.check_pickup", _("提貨簽收"), "3.2.1",
        guards=(PICKUP_AGREES,), is_primary=True, concerns=_by_pickup,
        description=_("收貨人在單上簽名後才交貨"),
    ),
    Transition(
        "load", (S.ISSUED,), S.IN_TRANSIT, None, _("司機點數簽收"), "3.2.2", concerns=_by_vehicle,
        description=_("司機逐行點數並簽名"),
    ),
    Transition(
        "arrive", (S.IN_TRANSIT,), S.DELIVERED, "delivery.record_receipt",
        _("登記到貨"), "3.2.2", description=_("車已到客戶處"),
    ),
    Transition(
        "arrive_by_link", (S.IN_TRANSIT,), S.DELIVERED, None, _("到貨"), "3.2.2", is_hidden=True,
    ),
    Transition(
        "receive", (S.DELIVERED,), S.SIGNED, None, _("客戶核對簽收"), "3.2.2",
        description=_("客戶按實收數量簽字"),
    ),
    Transition(
        "record_receipt", (S.DELIVERED,), S.SIGNED, "delivery.record_receipt",
        _("登記紙本簽收"), "3.2.2", description=_("按司機帶回的送貨單登記實收數量"),
    ),
    Transition(
        "close_signed", (S.SIGNED,), S.CLOSED, None, _("結單"), "3.2.2", is_hidden=True,
    ),
    Transition(
        "file_paper", (S.SIGNED,), S.CLOSED, "delivery.file_paper",
        _("歸檔簽收單"), "3.2.2", is_primary=True,
        description=_("上傳簽收送貨單的照片或掃描件"),
    ),
    Transition(
        "attach_paper", (S.IN_TRANSIT, S.DELIVERED, S.CLOSED), None, "delivery.file_paper",
        _("收下簽收單"), "3.2.2", is_hidden=True,
        description=_("簽收單先回來了，實收數量還要登記"),
    ),
    Transition(
        "reverse", (S.SIGNED, S.CLOSED), None, "delivery.draft_reversal",
        _("開沖銷單"), "3.2.2", guards=(NO_REVERSAL_WAITS,), is_danger=True,
        concerns=_written_here,
        description=_("最後簽字之後的更正：有單號、理由與核准"),
    ),
    model=ShippingNote, url_prefix="shippingnote",
)  # fmt: skip

# The path that a document page draws: state and the word for it.
PATH = (
    (S.DRAFT, _("開單")),
    (S.SUBMITTED, _("待簽發")),
    (S.RELEASED, _("簽發")),
    (S.VERIFYING, _("核對")),
    (S.VERIFIED, _("一致")),
    (S.ISSUED, _("出庫")),
    (S.IN_TRANSIT, _("運送")),
    (S.DELIVERED, _("到貨")),
    (S.SIGNED, _("簽收")),
    (S.CLOSED, _("結單")),
)

# The way of goods that the customer fetches (3.2.1).
PICKUP_PATH = tuple(
    (state, label) for state, label in PATH if state not in (S.IN_TRANSIT, S.DELIVERED)
)
