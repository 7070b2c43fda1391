from aftersales.core.models.attachments import Attachment
from aftersales.core.models.audit import AuditEntry, AuditSeal, AuditSealHead
from aftersales.core.models.company import Company
from aftersales.core.models.import_runs import ImportRun
from aftersales.core.models.notices import Notice
from aftersales.core.models.numbering import Counter
from aftersales.core.models.public_links import PublicLink
from aftersales.core.models.submissions import Submission

__all__ = [
    "Attachment",
    "AuditEntry",
    "AuditSeal",
    "AuditSealHead",
    "Company",
    "Counter",
    "ImportRun",
    "Notice",
    "PublicLink",
    "Submission",
]
