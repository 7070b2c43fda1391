"""manage.py translations: keep the message catalogues whole.

Message ids are the Traditional Chinese text. Simplified Chinese is made from it by OpenCC and a
small table of words that differ between the offices; English is written by people in
locale/en/LC_MESSAGES/django.po.
"""

import re
import shutil
import tempfile
from pathlib import Path

import opencc
import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands import makemessages
from django.test.utils import override_settings

LANGUAGES = ("zh_Hans", "en")
IGNORED = ("locale", ".venv", "var", "staticfiles", "static", "bench", "*/tests/*", "conftest.py")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]")
# Words that mainland offices write otherwise, after the characters are converted: patterns in
# this order. A row is 列 in Taiwan and 行 on the mainland, where 列 is the column.
WORDS = {
    r"^列$|(?<=[sd\d] )列|(?<=[哪第有同去何每]一)列|(?<=全部|标题)列(?!在)|列(?=与栏)": "行",
    "栏(?!位)": "列",
    "登入": "登录",
    "登出": "退出",
    "帐号": "账号",
    "重汇": "重新导入",
    "汇入": "导入",
    "汇出": "导出",
    "试算表": "电子表格",
    "活页簿": "工作簿",
    "(?<!设备)档案": "文件",
    "档名": "文件名",
    "单档": "单个文件",
    "压缩档": "压缩文件",
    "文字档": "文本文件",
    "对应档": "对应文件",
    "新档": "为",
    "存档类型": "保存类型",
    " 档": " 文件",
    "主档": "主数据",
    "储存格": "单元格",
    "储存": "保存",
    "贴上": "粘贴",
    "(?<=[为成])文字": "文本",
    "XML 文字": "XML 文本",
    "位元组": "字节",
    "字元": "字符",
    "二进位": "二进制",
    "解析度": "分辨率",
    "点(?=以内|，请缩)": "像素",
    "萤幕": "屏幕",
    "介面": "界面",
    "列印": "打印",
    "程式库": "程序库",
    "程式": "程序",
    "邮递区号": "邮政编码",
    "连结": "链接",
    "伺服器": "服务器",
    "资讯": "信息",
    "资料库": "数据库",
    "资料(?=超过|不完整)": "数据",
    "栏位": "字段",
    "使用者": "用户",
    "网路": "网络",
    "位址": "地址",
    "预设": "默认",
    "设定": "设置",
    "重设": "重置",
    "套用": "应用",
    "产生": "生成",
    "其他装置": "其他设备",
    "重新整理": "刷新",
    "搜寻": "搜索",
    "选单": "菜单",
    "导览": "导航",
    "影片": "视频",
    "简报": "演示文稿",
    "输出为": "导出为",
    "垃圾信件匣": "垃圾邮件文件夹",
    "信箱": "邮箱",
    "联络(?!单)": "联系",
    "身分": "身份",
    "(?<=[写留])著": "着",
    "纸本": "纸质",
    "「": "“",
    "」": "”",
}


class _Draft(makemessages.BuildFile):
    """A template as xgettext wants it, laid beside the catalogues and never among the sources."""

    @property
    def work_path(self):
        if not self.is_templatized:
            return self.path
        name = str(Path(self.path).relative_to(settings.BASE_DIR)).replace("/", "_")
        return str(Path(self.translatable.locale_dir) / f"{name}.py")


class _Collector(makemessages.Command):
    """makemessages that writes only where LOCALE_PATHS says, from wherever it is run.

    By itself it prefers the project's own locale/ to LOCALE_PATHS, and would change it in a check.
    Where a module needs both kinds of gettext, the immediate one is imported as _t.
    """

    build_file_class = _Draft
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_t"]
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def find_files(self, root):
        self.locale_paths = [self.default_locale_path]
        return super().find_files(settings.BASE_DIR)


class Command(BaseCommand):
    help = "Collect messages, make the Simplified Chinese ones, compile; --check only tells."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if stale")

    def handle(self, *args, check: bool, **options):
        locale = Path(settings.LOCALE_PATHS[0])
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / "locale"
            if locale.exists():
                shutil.copytree(locale, fresh)
            self._collect(fresh)
            problems = self._complete(fresh)
            if check:
                problems += self._differences(locale, fresh)
            else:
                shutil.copytree(fresh, locale, dirs_exist_ok=True)
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} messages want a hand")
        self.stdout.write("every message is translated")

    def _collect(self, locale: Path) -> None:
        for language in LANGUAGES:
            (locale / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        with override_settings(LOCALE_PATHS=[str(locale)]):
            call_command(
                _Collector(),
                locale=list(LANGUAGES),
                ignore_patterns=list(IGNORED),
                extensions=["html", "txt", "py"],
                no_location=True,
                no_wrap=True,
                no_obsolete=True,
                verbosity=0,
            )

    def _complete(self, locale: Path) -> list[str]:
        """Fill the Simplified catalogue, compile both; gives what is missing in English."""
        problems = []
        for language in LANGUAGES:
            catalogue = polib.pofile(str(_po(locale, language)), wrapwidth=0)
            for entry in catalogue:
                if language == "zh_Hans":
                    _simplify(entry)
                problems += [f"{language}: {problem}" for problem in _problems(entry)]
            catalogue.header = f"{language}: message ids are the Traditional Chinese text."
            catalogue.metadata = _metadata(language)
            catalogue.metadata_is_fuzzy = False
            catalogue.save()
            catalogue.save_as_mofile(str(_po(locale, language).with_suffix(".mo")))
        return problems

    def _differences(self, locale: Path, fresh: Path) -> list[str]:
        stale = []
        for language in LANGUAGES:
            for path in (_po(fresh, language), _po(fresh, language).with_suffix(".mo")):
                kept = _po(locale, language).with_name(path.name)
                if not kept.exists() or _content(kept) != _content(path):
                    stale.append(f"{language}: {path.name} is stale, run manage.py translations")
        return stale


def _po(locale: Path, language: str) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def _content(path: Path) -> dict:
    load = polib.mofile if path.suffix == ".mo" else polib.pofile
    return {
        (entry.msgctxt, entry.msgid): (entry.msgstr, tuple(sorted(entry.msgstr_plural.items())))
        for entry in load(str(path))
        if not entry.obsolete
    }


def _metadata(language: str) -> dict[str, str]:
    plural = "nplurals=1; plural=0;" if language == "zh_Hans" else "nplurals=2; plural=(n != 1);"
    return {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": plural,
    }


convert = opencc.OpenCC("t2s").convert


def simplified(text: str) -> str:
    """Traditional to Simplified, with the words that mainland offices use."""
    text = convert(text)
    for word, mainland in WORDS.items():
        text = re.sub(word, mainland, text)
    return text


def _simplify(entry: polib.POEntry) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = {0: simplified(entry.msgid_plural)}
    else:
        entry.msgstr = simplified(entry.msgid)
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]


def _problems(entry: polib.POEntry) -> list[str]:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy or not all(texts):
        return [f"not translated: {entry.msgid!r}"]
    # One thing may be said without its number: "1 record" beside "%(number)s records".
    wanted = [_placeholders(text) for text in (entry.msgid, entry.msgid_plural) if text]
    return [
        f"other placeholders than {entry.msgid!r}: {text!r}"
        for text in texts
        if "python-format" in entry.flags and _placeholders(text) not in wanted
    ]


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))
