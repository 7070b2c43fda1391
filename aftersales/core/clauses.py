"""The rules of Q/SB-8.5.11-2017 in one sentence each, and the ways in which code names them.

The numbers are the standard's own; the sentences say what the software holds people to.
"""

import re

from django.utils.translation import gettext_lazy as _

RULES = {
    "2.1": _("對外由銷售部統一答復客戶"),
    "2.2": _("產品投訴的調查與研判由質量部負責"),
    "2.3": _("內部顧客的投訴由生產部主導調查"),
    "2.4": _("下工序是上工序的顧客；主管處理日常事項並及時上報"),
    "2.5": _("交付後活動的程度，按法規、危害、產品性質與壽命、客戶要求、反饋五項評定"),
    "3.1.1": _("終檢合格後，物流員才與客戶聯絡交付；沒有終檢合格記錄不能開發貨單"),
    "3.1.2": _("業務員安排交付並通知倉庫備貨；外部運輸須有有效的質量責任協議"),
    "3.1.3": _("發貨單由分管領導簽發後貨物才可離廠；簽發人不是制單人，簽發後不得更改"),
    "3.1.4": _("倉庫保管員按發貨單逐項核對，有錯漏就更正並重新核對，全部一致才放行"),
    "3.2.1": _("顧客自提：銷售內勤、保管員、顧客三方當面核對，收貨人簽名後才交貨"),
    "3.2.2": _("供方送貨：司機裝車點數簽收，客戶按實收數量簽字，送貨單由司機帶回"),
    "3.3.1": _("銷售部填寫售后服務及反饋記錄，交質量部，並登記下發及收回"),
    "3.3.2": _("質量部研判原因；屬本公司的立對策，全部驗證有效後才可結案"),
    "3.3.3": _("未按期答復的月底前提交說明；保修內屬質量原因的免費修換"),
    "3.4": _("外部信息由銷售部收集、分類；建議與要求須評審，並答復或徵得客戶同意"),
    "3.5.1": _("不良退貨先由銷售部向客戶確認；全部確認後由質量部開報廢申請單"),
    "3.5.2": _("質量部與銷售部每月統計退貨率，分析並改進"),
    "3.5.3": _("影響客戶生產的拒收，立即成立由經理以上帶隊的調查組，書面報告總經理"),
    "4.1": _("服務人員以禮待人，不與用戶爭吵"),
    "4.2": _("服務人員不得向用戶索要財物"),
    "4.3": _("向用戶傳授維修保養常識"),
    "4.4": _("收到服務信息後 24 小時內答復客戶；需要到場的按約定時間到達"),
    "4.5": _("當場不能解答的問題，帶回售後服務總部答復"),
    "4.6": _("判斷準確、及時修復，同一問題不得重複維修"),
    "4.7": _("服務後填寫售后服務報告單，由客戶填寫滿意調查表"),
    "4.8": _("外購件的故障，由總部請採購部聯絡供應商解決"),
    "4.9": _("重大質量問題通知有關部門並解決"),
    "4.10": _("來電來函、派遣、費用均須登記"),
    "5.1": _("對服務人員的投訴"),
    "5.2": _("投訴屬實的記大過，並採取有效措施挽回影響"),
    "5.3": _("報銷單據須真實、合法、有效，差旅單據與行程相符"),
    "5.4": _("離開現場前未電告總部，每次 50 元"),
    "5.5": _("因個人原因遲到現場，每次 50 元"),
    "5.6": _("報告單缺原因、解決方法或更換零件，每份 20 元"),
    "6.1": _("標準原文缺這一條；用戶服務的要求見 4.4 至 4.10"),
    "6.2": _("售後配件由工作聯絡單提出，經計劃、入庫、調撥、發運到用戶簽收"),
    "6.3": _("來函來電登記並答復；每月歸檔，年終裝訂成冊"),
    "7": _("每月 4 日前向企管室提交上月售後服務統計"),
}

# The chapters under which the clauses stand, in the standard's order.
CHAPTERS = {
    "2": _("職責"),
    "3.1": _("交付前"),
    "3.2": _("交付"),
    "3.3": _("外部顧客的要求與投訴"),
    "3.4": _("外部信息"),
    "3.5": _("不良退貨與拒收"),
    "4": _("服務規範"),
    "5": _("考核"),
    "6": _("流程"),
    "7": _("統計"),
}
# Numbers that the standard counts and leaves without a text.
UNWRITTEN = frozenset({"6.1"})

_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]")
_NUMBER = r"\d+(?:\.\d+)*"
_NUMBERS = re.compile(rf"{_NUMBER}(?:[-,]{_NUMBER})*")
_WORDS = {" and ": ",", " to ": "-", "、": ",", "，": ",", "至": "-", "–": "-", " ": ""}


def rule_of(clause: str) -> str:
    """The sentence of a clause or of the nearest one above it; empty for an unknown number."""
    while clause:
        if clause in RULES:
            return str(RULES[clause])
        clause = clause.rpartition(".")[0]
    return ""


def is_known(number: str) -> bool:
    """Whether the number is a clause, or a chapter as a whole."""
    return number in RULES or number in CHAPTERS


def chapter_of(clause: str) -> str:
    """The chapter under which a clause stands."""
    while clause not in CHAPTERS:
        clause = clause.rpartition(".")[0]
    return clause


def between(first: str, last: str) -> list[str]:
    """The clauses from one to another, both included; a chapter stands for all of its own.

    Raises KeyError with the number that is no clause and no chapter.
    """
    for number in (first, last):
        if not is_known(number):
            raise KeyError(number)
    return [
        clause
        for clause in RULES
        if _order(first) <= _order(clause)
        and (_order(clause) <= _order(last) or clause.startswith(f"{last}."))
    ]


def named_in(text: str) -> list[str]:
    """The clauses and chapters that a text names in brackets: (3.1.2), (3.2.2, 4.4), （3.1.4）.

    A range (3.1.1 to 3.1.3) names all of it. Brackets that hold other words, and whole numbers
    that are no chapter, are left alone; a number such as 3.1.9, which does not exist, is named,
    so that a slip of the pen is seen.
    """
    found: list[str] = []
    for words in _BRACKETS.findall(text):
        for written, sign in _WORDS.items():
            words = words.replace(written, sign)
        if _NUMBERS.fullmatch(words):
            found += [number for part in words.split(",") for number in _named_by(part)]
    return [number for number in dict.fromkeys(found) if "." in number or is_known(number)]


def without_names(text: str) -> str:
    """A text without the brackets that name clauses."""

    def unless_named(bracket: re.Match) -> str:
        return "" if named_in(bracket[0]) else bracket[0]

    return re.sub(rf"\s*{_BRACKETS.pattern}", unless_named, text)


def _named_by(part: str) -> list[str]:
    first, is_range, last = part.partition("-")
    if is_range and is_known(first) and is_known(last):
        return between(first, last)
    return [first, last] if is_range else [first]


def _order(clause: str) -> tuple[int, ...]:
    return tuple(int(number) for number in clause.split("."))
