"""What was shipped before this site, out of a register: upload, preview, confirm (3.2.2)."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse

from aftersales.core.pages import submit_once
from aftersales.core.views import registers
from delivery.registers.shipments import ShipmentRegister


@permission_required(ShipmentRegister.permission, raise_exception=True)
@submit_once
def shipment_import(request: HttpRequest) -> HttpResponse:
    return registers.upload(request, ShipmentRegister.name)


@permission_required(ShipmentRegister.permission, raise_exception=True)
@submit_once
def shipment_import_preview(request: HttpRequest, token: str) -> HttpResponse:
    return registers.preview(request, ShipmentRegister.name, token)
