"""The control: bare logged-in Django views that render the same rows by the plainest means."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import Context, Engine

from aftersales.core.models import Attachment, AuditEntry
from delivery.models import ShippingNote, ShippingNoteLine

PAGE = 25
_engine = Engine(builtins=["django.templatetags.i18n"])
_LIST = _engine.from_string(
    "<!doctype html><title>list</title><table>{% for note in notes %}<tr><td>{{ note.number }}"
    "<td>{{ note.external_no }}<td>{{ note.ship_on|date:'Y-m-d' }}<td>{{ note.customer.name }}"
    "<td>{{ note.first_name }} {{ note.first_spec }}<td>{{ note.get_delivery_mode_display }}"
    "<td>{{ note.get_state_display }}</tr>{% endfor %}</table>{{ count }}"
)
_DETAIL = _engine.from_string(
    "<!doctype html><title>{{ note.number }}</title><h1>{{ note.number }} {{ note.customer }}</h1>"
    "{% for field in fields %}<p>{{ field.0 }} {{ field.1 }}</p>{% endfor %}<table>"
    "{% for line in lines %}<tr><td>{{ line.line_no }}<td>{{ line.part_no }}<td>{{ line.name }}"
    "<td>{{ line.spec }}<td>{{ line.quantity }}<td>{{ line.verified_quantity }}"
    "<td>{{ line.loaded_quantity }}<td>{{ line.received_sound }}<td>{{ line.received_damaged }}"
    "<td>{{ line.short }}<td>{{ line.refused }}"
    "<td>{% for serial in line.serials.all %}{{ serial.serial_no }} {% endfor %}"
    "<td>{% for count in line.counts.all %}{{ count.counted_at|date:'Y-m-d H:i' }} "
    "{{ count.counted_by.name }} {{ count.get_result_display }} {{ count.difference }} {% endfor %}"
    "<td>{% for count in line.loading_counts.all %}{{ count.counted_quantity }} {% endfor %}</tr>"
    "{% endfor %}</table><ul>{% for contact in contacts %}<li>{{ contact.person }} "
    "{{ contact.agreed }} {{ contact.logged_by.name }}{% endfor %}"
    "{% for sign in signatures %}<li>{{ sign.name }} {{ sign.path }}{% endfor %}"
    "{% for entry in events %}<li>{{ entry.at|date:'Y-m-d H:i' }} {{ entry.actor_name }} "
    "{{ entry.event }} {{ entry.clause }}{% endfor %}"
    "{% for file in files %}<li>{{ file.name }} {{ file.size }}{% endfor %}</ul>"
)


def bare_list(request):
    first = ShippingNoteLine.objects.filter(note=OuterRef("pk")).order_by("line_no")
    notes = ShippingNote.objects.select_related("customer").annotate(
        first_name=Subquery(first.values("name")[:1]), first_spec=Subquery(first.values("spec")[:1])
    )
    if state := request.GET.get("state"):
        notes = notes.filter(state=state)
    context = {
        "notes": notes.order_by("-pk")[:PAGE],
        "count": notes.order_by()[:10_001].values("pk").count(),
    }
    return HttpResponse(_LIST.render(Context(context)))


def bare_detail(request, pk):
    people = ("issuer", "salesperson", "released_by", "verified_by", "issued_by")
    note = get_object_or_404(ShippingNote.objects.select_related("customer", *people), pk=pk)
    of_note = {"content_type": ContentType.objects.get_for_model(note), "object_id": note.pk}
    context = {
        "note": note,
        "fields": [(field.verbose_name, getattr(note, field.name)) for field in _fields()],
        "lines": note.lines.prefetch_related("serials", "counts__counted_by", "loading_counts"),
        "contacts": note.contact_logs.select_related("logged_by"),
        "signatures": note.signatures.all(),
        "events": AuditEntry.objects.filter(**of_note).order_by("-sequence"),
        "files": Attachment.objects.filter(**of_note),
    }
    return HttpResponse(_DETAIL.render(Context(context)))


def _fields():
    return [field for field in ShippingNote._meta.fields if not field.is_relation]
