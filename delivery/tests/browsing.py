"""Somebody at a screen: logs in or comes by a link, presses, signs, and is looked at.

SCREENSHOTS=folder keeps a picture of every page on the way.
"""

import re
from pathlib import Path

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


class Person:
    """Somebody at a screen: logs in, or comes by a link."""

    def __init__(self, browser, server, size, shots: Path | None):
        self.page = browser.new_context(viewport=size, locale="zh-TW").new_page()
        self.server, self.size, self.shots = server, size, shots
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def log_in(self, username: str) -> "Person":
        self.go("/accounts/login/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", "a good password")
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(re.compile(r"^(?!.*login)"))
        return self

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.server.url + path)

    def press(self, words: str, **options) -> None:
        """Press the button or link with these words and wait for the next page."""
        target = self.page.get_by_role("button", name=words, **options).or_(
            self.page.get_by_role("link", name=words, **options)
        )
        with self.page.expect_navigation():
            target.first.click()

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def look(self, name: str) -> None:
        """No page is wider than its screen; kept as a picture where a folder is named."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.size["width"]
        if self.shots:
            self.page.screenshot(path=self.shots / f"{name}.png", full_page=True)

    def sign(self) -> None:
        pad = self.page.locator("[data-signature-pad]")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        mouse = self.page.mouse
        for stroke in (((40, 30), (120, 34)), ((80, 20), (70, 90)), ((150, 40), (220, 80))):
            mouse.move(box["x"] + stroke[0][0], box["y"] + stroke[0][1])
            mouse.down()
            mouse.move(box["x"] + stroke[1][0], box["y"] + stroke[1][1], steps=8)
            mouse.up()
