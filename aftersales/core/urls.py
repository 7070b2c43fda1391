from django.urls import path

from aftersales.core.views import (
    attachments,
    audit,
    clauses,
    company,
    home,
    import_runs,
    notices,
    site,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search_page, name="search"),
    path("clauses/", clauses.clauses, name="clauses"),
    path("health/", site.health, name="health"),
    path("language/", site.language, name="language"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/read/", notices.notice_read_all, name="notice_read_all"),
    path("notices/<int:pk>/read/", notices.notice_read, name="notice_read"),
    path("attachments/<int:pk>/", attachments.attachment_download, name="attachment_download"),
    path(
        "attachments/<int:pk>/preview/", attachments.attachment_preview, name="attachment_preview"
    ),
    path(
        "attachments/add/<str:label>/<int:pk>/",
        attachments.attachment_upload,
        name="attachment_upload",
    ),
    path("company/", company.company_edit, name="company_edit"),
    path("imports/<int:pk>/", import_runs.import_run_detail, name="import_run_detail"),
    path("audit/<str:label>/<int:pk>/", audit.audit_timeline, name="audit_timeline"),
]
