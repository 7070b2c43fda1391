"""Who may do what: one table from role to permissions (chapter 2 of the procedure).

A permission is `<app>.<verb>_<model>`. The table is the truth: users hold role codes, and
backends.RoleBackend answers `has_perm` from here. The roles page shows this table.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Permission:
    """A verb of the procedure that a role may be given."""

    code: str
    label: str
    clause: str = ""


@dataclass(frozen=True)
class Role:
    """A post of the procedure with what it may do."""

    code: str
    label: str
    permissions: frozenset[str]
    clause: str = ""


PERMISSIONS = {
    permission.code: permission
    for permission in (
        Permission("delivery.view_shippingnote", _("查看發貨單"), "3.1"),
        Permission("delivery.edit_shippingnote", _("開立與修改發貨單草稿"), "3.1.3"),
        Permission("delivery.import_shippingnote", _("由試算表匯入發貨單"), "3.1.3"),
        Permission("delivery.log_contact", _("登記與客戶的聯絡"), "3.1.1"),
        Permission("delivery.record_inspection", _("登記終檢合格"), "3.1.1"),
        Permission("delivery.schedule_shippingnote", _("安排交付並通知倉庫"), "3.1.2"),
        Permission("delivery.acknowledge_shippingnote", _("確認備貨通知"), "3.1.2"),
        Permission("delivery.submit_shippingnote", _("提交簽發"), "3.1.3"),
        Permission("delivery.cancel_shippingnote", _("作廢發貨單"), "3.1.3"),
        Permission("delivery.release_shippingnote", _("簽發、退回或不予簽發"), "3.1.3"),
        Permission("delivery.withdraw_shippingnote", _("撤回並開立修訂"), "3.1.3"),
        Permission("delivery.verify_shippingnote", _("逐項核對與調整"), "3.1.4"),
        Permission("delivery.dispatch_shippingnote", _("指定車輛與司機"), "3.2.2"),
        Permission("delivery.issue_shippingnote", _("出庫放行"), "3.2.2"),
        Permission("delivery.record_receipt", _("登記到貨與紙本簽收"), "3.2.2"),
        Permission("delivery.file_paper", _("歸檔簽收的送貨單"), "3.2.2"),
        Permission("delivery.check_pickup", _("三方核對與提貨簽收"), "3.2.1"),
        Permission("delivery.state_pickup_cause", _("查明提貨差異的原因、登記顧客確認"), "3.2.1"),
        Permission("delivery.consent_pickup", _("同意提貨差異的改正"), "3.2.1"),
        Permission("delivery.confirm_arrival", _("確認到貨異常：卸貨或退回"), "3.2.2"),
        Permission("delivery.handle_transitloss", _("辦理途損與索賠"), "3.2.2"),
        Permission("delivery.end_transitloss", _("了結或核銷途損、改派負責人"), "3.2.2"),
        Permission("delivery.draft_reversal", _("開立沖銷單"), "3.2.2"),
        Permission("delivery.approve_reversal", _("核准沖銷"), "3.2.2"),
        Permission("masterdata.view_masterdata", _("查看主檔"), ""),
        Permission("masterdata.edit_customer", _("維護客戶與聯絡人"), "3.4"),
        Permission("masterdata.edit_product", _("維護產品"), ""),
        Permission("masterdata.edit_unit", _("維護已交付設備"), "3.3.3"),
        Permission("masterdata.edit_supplier", _("維護供應商"), "4.8"),
        Permission("masterdata.edit_carrier", _("維護承運商與承運協議"), "3.1.2"),
        Permission("masterdata.verify_carrier", _("驗證承運商的質量保證能力"), "3.2.2"),
        Permission("masterdata.edit_contract", _("維護合同"), "3.3.3"),
        Permission("masterdata.decide_scope", _("評定交付後服務的範圍"), "2.5"),
        Permission("accounts.view_staff", _("查看人員名錄"), ""),
        Permission("accounts.manage_staff", _("維護人員、部門與角色"), "2"),
        Permission("accounts.manage_leave", _("為他人登記休假與代理"), "2.4"),
        Permission("core.edit_company", _("維護公司資料"), ""),
        Permission("core.view_audit", _("查看全部審計記錄"), ""),
    )
}

_SEE = ("delivery.view_shippingnote", "masterdata.view_masterdata", "accounts.view_staff")


def _role(code: str, label, *permissions: str, clause: str = "") -> Role:
    return Role(code, label, frozenset((*_SEE, *permissions)), clause)


ROLES = {
    role.code: role
    for role in (
        _role(
            "sales_clerk",
            _("銷售內勤"),
            "delivery.edit_shippingnote",
            "delivery.import_shippingnote",
            "delivery.log_contact",
            "delivery.record_inspection",
            "delivery.submit_shippingnote",
            "delivery.cancel_shippingnote",
            "delivery.withdraw_shippingnote",
            "delivery.record_receipt",
            "delivery.file_paper",
            "masterdata.edit_customer",
            "masterdata.edit_product",
            "masterdata.edit_unit",
            "delivery.check_pickup",
            "delivery.state_pickup_cause",
            "delivery.handle_transitloss",
            "delivery.draft_reversal",
            clause="3.1.3",
        ),
        _role(
            "salesperson",
            _("業務員"),
            "delivery.log_contact",
            "delivery.schedule_shippingnote",
            "delivery.record_receipt",
            "masterdata.edit_customer",
            "delivery.confirm_arrival",
            "delivery.handle_transitloss",
            "masterdata.verify_carrier",
            clause="3.1.2",
        ),
        _role(
            "sales_manager",
            _("銷售部經理"),
            "delivery.log_contact",
            "delivery.schedule_shippingnote",
            "delivery.cancel_shippingnote",
            "delivery.withdraw_shippingnote",
            "delivery.record_receipt",
            "delivery.file_paper",
            "masterdata.edit_customer",
            "masterdata.edit_product",
            "masterdata.edit_unit",
            "accounts.manage_leave",
            "delivery.consent_pickup",
            "delivery.confirm_arrival",
            "delivery.handle_transitloss",
            "delivery.end_transitloss",
            "masterdata.edit_carrier",
            "masterdata.verify_carrier",
            "masterdata.edit_contract",
            "masterdata.decide_scope",
            clause="2.1",
        ),
        _role(
            "logistics_clerk",
            _("物流員"),
            "delivery.log_contact",
            "delivery.record_inspection",
            "delivery.dispatch_shippingnote",
            "delivery.record_receipt",
            "delivery.file_paper",
            "delivery.handle_transitloss",
            "masterdata.edit_carrier",
            clause="3.1.1",
        ),
        _role(
            "warehouse_keeper",
            _("倉庫保管員"),
            "delivery.acknowledge_shippingnote",
            "delivery.verify_shippingnote",
            "delivery.check_pickup",
            clause="3.1.4",
        ),
        _role(
            "shipping_clerk",
            _("發貨人員"),
            "delivery.dispatch_shippingnote",
            "delivery.issue_shippingnote",
            "delivery.record_receipt",
            "delivery.file_paper",
            clause="6.2",
        ),
        _role(
            "leader",
            _("分管領導"),
            "delivery.release_shippingnote",
            "delivery.approve_reversal",
            clause="3.1.3",
        ),
        _role("quality_engineer", _("質量工程師"), "delivery.record_inspection", clause="2.2"),
        _role(
            "quality_manager",
            _("質量部經理"),
            "delivery.record_inspection",
            "accounts.manage_leave",
            "masterdata.decide_scope",
            clause="2.2",
        ),
        _role("production", _("生產部"), clause="2.3"),
        _role("purchasing", _("採購部"), "masterdata.edit_supplier", clause="4.8"),
        _role("service_headquarters", _("售后服務總部"), "masterdata.edit_unit", clause="4"),
        Role("service_engineer", _("服務人員"), frozenset({"masterdata.view_masterdata"}), "4"),
        _role("management_representative", _("管理代表"), clause="3.5.1"),
        _role("general_manager", _("總經理"), "core.view_audit", clause="3.5.3"),
        _role("enterprise_office", _("企管室"), "core.view_audit", clause="7"),
        _role(
            "contract_office",
            _("合同管理室"),
            "masterdata.edit_carrier",
            "masterdata.edit_contract",
            clause="6.2",
        ),
        _role(
            "administrator",
            _("系統管理員"),
            "accounts.manage_staff",
            "accounts.manage_leave",
            "core.edit_company",
            "core.view_audit",
            clause="",
        ),
    )
}

ROLE_CHOICES = [(role.code, role.label) for role in ROLES.values()]


def permissions_of(codes) -> frozenset[str]:
    """The permissions of some role codes together; an unknown code gives none."""
    return frozenset().union(*(ROLES[code].permissions for code in codes if code in ROLES))


def holders_of(permission: str) -> list[Role]:
    """The roles that give a permission."""
    return [role for role in ROLES.values() if permission in role.permissions]
