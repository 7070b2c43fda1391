from django.urls import path

from delivery.views import (
    arrivals,
    desk,
    drafting,
    floor,
    importing,
    leaving,
    listing,
    loss_listing,
    losses,
    notes,
    papers,
    pickup,
    public,
    registers,
    release_queue,
    reversals,
    sheet_mappings,
    signed_papers,
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
    path("import/mappings/", sheet_mappings.sheet_mapping_list, name="sheet_mapping_list"),
    path(
        "import/mappings/<int:pk>/rename/",
        sheet_mappings.sheet_mapping_rename,
        name="sheet_mapping_rename",
    ),
    path(
        "import/mappings/<int:pk>/forget/",
        sheet_mappings.sheet_mapping_forget,
        name="sheet_mapping_forget",
    ),
    path(
        "import/<str:token>/",
        importing.shippingnote_import_preview,
        name="shippingnote_import_preview",
    ),
]

# --- Registers of what was shipped before this site (3.2.2) ------------------------------------
urlpatterns += [
    path("shipments/import/", registers.shipment_import, name="shipment_import"),
    path(
        "shipments/import/<str:token>/",
        registers.shipment_import_preview,
        name="shipment_import_preview",
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

# --- Pick-up by the customer (3.2.1) -----------------------------------------------------------
urlpatterns += [
    path("notes/<str:reference>/pickup/", pickup.shippingnote_pickup, name="shippingnote_pickup"),
    path(
        "notes/<str:reference>/pickup/check/",
        pickup.shippingnote_check_pickup,
        name="shippingnote_check_pickup",
    ),
    path(
        "notes/<str:reference>/pickup/hand-over/",
        pickup.shippingnote_hand_over,
        name="shippingnote_hand_over",
    ),
    path(
        "notes/<str:reference>/pickup/cause/", pickup.pickup_state_cause, name="pickup_state_cause"
    ),
    path("notes/<str:reference>/pickup/consent/", pickup.pickup_consent, name="pickup_consent"),
    path("notes/<str:reference>/pickup/decline/", pickup.pickup_decline, name="pickup_decline"),
    path("notes/<str:reference>/pickup/confirm/", pickup.pickup_confirm, name="pickup_confirm"),
    path("notes/<str:reference>/pickup/repack/", pickup.pickup_repack, name="pickup_repack"),
]

# --- Faults on arrival, confirmed before unloading (3.2.2) -------------------------------------
urlpatterns += [
    path("arrivals/", arrivals.arrival_queue, name="arrival_queue"),
    path("notes/<str:reference>/arrival/report/", arrivals.arrival_report, name="arrival_report"),
    path(
        "notes/<str:reference>/arrival/confirm/", arrivals.arrival_confirm, name="arrival_confirm"
    ),
    path("refused/", arrivals.refused_goods_list, name="refused_goods_list"),
]

# --- Losses in transit: claims and incidents (3.2.2) -------------------------------------------
urlpatterns += [
    path("losses/", loss_listing.transitloss_list, name="transitloss_list"),
    path("losses/export/", loss_listing.transitloss_export, name="transitloss_export"),
    path("losses/<str:number>/", losses.transitloss_detail, name="transitloss_detail"),
    path("losses/<str:number>/letter/", losses.transitloss_letter, name="transitloss_letter"),
    path("losses/<str:number>/assess/", losses.transitloss_assess, name="transitloss_assess"),
    path("losses/<str:number>/claim/", losses.transitloss_claim, name="transitloss_claim"),
    path("losses/<str:number>/accept/", losses.transitloss_accept, name="transitloss_accept"),
    path("losses/<str:number>/reject/", losses.transitloss_reject, name="transitloss_reject"),
    path("losses/<str:number>/settle/", losses.transitloss_settle, name="transitloss_settle"),
    path("losses/<str:number>/resolve/", losses.transitloss_resolve, name="transitloss_resolve"),
    path("losses/<str:number>/hand-on/", losses.transitloss_hand_on, name="transitloss_hand_on"),
    path(
        "losses/<str:number>/write-off/", losses.transitloss_write_off, name="transitloss_write_off"
    ),
]

# --- Reversals after the last signature (3.2.2) ------------------------------------------------
urlpatterns += [
    path(
        "notes/<str:reference>/reverse/",
        reversals.shippingnote_reverse,
        name="shippingnote_reverse",
    ),
    path("reversals/", reversals.reversal_list, name="reversal_list"),
    path("reversals/<str:number>/", reversals.reversal_detail, name="reversal_detail"),
    path("reversals/<str:number>/approve/", reversals.reversal_approve, name="reversal_approve"),
    path("reversals/<str:number>/void/", reversals.reversal_void, name="reversal_void"),
    path("reversals/<str:number>/refuse/", reversals.reversal_refuse, name="reversal_refuse"),
    path("reversals/<str:number>/redraw/", reversals.reversal_redraw, name="reversal_redraw"),
]

# --- Signed papers that come back (3.2.2) ------------------------------------------------------
urlpatterns += [
    path("signed-papers/", signed_papers.signed_paper_list, name="signed_paper_list"),
    path("signed-papers/export/", signed_papers.signed_paper_export, name="signed_paper_export"),
    path("signed-papers/file/", signed_papers.signed_paper_filing, name="signed_paper_filing"),
]
