from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "aftersales.core"
    label = "core"
    verbose_name = _("基礎")

    def ready(self) -> None:
        from aftersales.core import (
            checks,  # noqa: F401  (registers the system checks)
            navigation,
            reach,
            timeline,
        )
        from aftersales.core.models import Company

        navigation.register(navigation.Item(_("待辦"), "inbox", "home", order=1))
        navigation.register(
            navigation.Item(
                _("公司資料"), "building", "company_edit", order=95, permission="core.edit_company"
            )
        )
        navigation.register(navigation.Item(_("程序條款"), "journal-text", "clauses", order=99))
        timeline.register(
            {
                "company.edited": timeline.Event(_("修改公司資料"), timeline.changes),
                "attachment.added": timeline.Event(_("上傳附件"), timeline.file_name),
            }
        )
        reach.register(Company, lambda company, user: user.has_perm("core.edit_company"))
