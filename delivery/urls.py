from django.urls import path

from delivery.views import (
    desk,
    drafting,
    floor,
    importing,
    leaving,
    listing,
    notes,
    papers,
    public,
    release_queue,
)

urlpatterns = []

# --- The delivery desk: lists, the document, from draft to released (3.1.1 to 3.1.3) ----------
urlpatterns += [
    path("notes/", listing.shippingnote_list, name="shippingnote_list"),
    path("notes/export/", listing.shippingnote_export, name="shippingnote_export"),
    path("notes/new/", drafting.shippingnote_create, name="shippingnote_create"),
    path("release/", release_queue.shippingnote_release_queue, name="shippingnote_release_queue"),
    path("notes/<str:reference>/", notes.shippingnote_detail, name="shippingnote_detail"),
    path("notes/<str:reference>/edit/", drafting.shippingnote_edit, name="shippingnote_edit"),
    path(
        "notes/<str:reference>/inspection/",
        desk.shippingnote_record_inspection,
        name="shippingnote_record_inspection",
    ),
    path(
        "notes/<str:reference>/contact/",
        desk.shippingnote_log_contact,
        name="shippingnote_log_contact",
    ),
    path(
        "notes/<str:reference>/schedule/", desk.shippingnote_schedule, name="shippingnote_schedule"
    ),
    path(
        "notes/<str:reference>/acknowledge/",
        desk.shippingnote_acknowledge,
        name="shippingnote_acknowledge",
    ),
    path("notes/<str:reference>/submit/", desk.shippingnote_submit, name="shippingnote_submit"),
    path("notes/<str:reference>/release/", desk.shippingnote_release, name="shippingnote_release"),
    path(
        "notes/<str:reference>/send-back/",
        desk.shippingnote_send_back,
        name="shippingnote_send_back",
    ),
    path("notes/<str:reference>/refuse/", desk.shippingnote_refuse, name="shippingnote_refuse"),
    path("notes/<str:reference>/cancel/", desk.shippingnote_cancel, name="shippingnote_cancel"),
    path(
        "notes/<str:reference>/withdraw/", desk.shippingnote_withdraw, name="shippingnote_withdraw"
    ),
]

# --- Import of spreadsheets -------------------------------------------------------------------
urlpatterns += [
    path("import/", importing.shippingnote_import, name="shippingnote_import"),
    path(
        "import/<str:token>/",
        importing.shippingnote_import_preview,
        name="shippingnote_import_preview",
    ),
]

# --- The floor: verification, issue, driver and customer (3.1.4 and 3.2.2) --------------------
urlpatterns += [
    path("verify/", floor.shippingnote_verify_queue, name="shippingnote_verify_queue"),
    path(
        "notes/<str:reference>/verify/start/",
        floor.shippingnote_start_verification,
        name="shippingnote_start_verification",
    ),
    path("notes/<str:reference>/verify/", floor.shippingnote_verify, name="shippingnote_verify"),
    path(
        "notes/<str:reference>/verify/<int:line_no>/count/",
        floor.shippingnote_count_line,
        name="shippingnote_count_line",
    ),
    path(
        "notes/<str:reference>/verify/<int:line_no>/adjust/",
        floor.shippingnote_adjust_line,
        name="shippingnote_adjust_line",
    ),
    path(
        "notes/<str:reference>/verify/complete/",
        floor.shippingnote_complete_verification,
        name="shippingnote_complete_verification",
    ),
    path("notes/<str:reference>/recheck/", floor.shippingnote_recheck, name="shippingnote_recheck"),
    path(
        "notes/<str:reference>/vehicle/",
        leaving.shippingnote_assign_vehicle,
        name="shippingnote_assign_vehicle",
    ),
    path("notes/<str:reference>/issue/", leaving.shippingnote_issue, name="shippingnote_issue"),
    path(
        "notes/<str:reference>/issue/renew/",
        leaving.shippingnote_renew_load_link,
        name="shippingnote_renew_load_link",
    ),
    path("notes/<str:reference>/arrive/", leaving.shippingnote_arrive, name="shippingnote_arrive"),
    path(
        "notes/<str:reference>/receipt/",
        leaving.shippingnote_record_receipt,
        name="shippingnote_record_receipt",
    ),
    path(
        "notes/<str:reference>/receipt/renew/",
        leaving.shippingnote_renew_receive_link,
        name="shippingnote_renew_receive_link",
    ),
    path(
        "notes/<str:reference>/file-paper/",
        leaving.shippingnote_file_paper,
        name="shippingnote_file_paper",
    ),
]

# --- Public links, without a login: the token is the key (3.2.2) ------------------------------
urlpatterns += [
    path("load/<str:token>/", public.public_load, name="public_load"),
    path("load/done/<str:seal>/", public.public_load_done, name="public_load_done"),
    path("receive/<str:token>/", public.public_receive, name="public_receive"),
    path("receive/done/<str:seal>/", public.public_receive_done, name="public_receive_done"),
]

# --- Papers: 發貨單 and 送貨單 as PDF ------------------------------------------------------------
urlpatterns += [
    path(
        "notes/<str:reference>/papers/<str:kind>/",
        papers.shippingnote_paper,
        name="shippingnote_paper",
    ),
    path("papers/<str:kind>/", papers.shippingnote_papers, name="shippingnote_papers"),
]
