"""A mail server on a real socket, for tests: it keeps what it accepts, or refuses."""

import email
import email.policy
import socketserver
from email.message import EmailMessage
from threading import Thread


class _Conversation(socketserver.StreamRequestHandler):
    """One client, as far as RFC 5321 is needed: EHLO, MAIL, RCPT, DATA, RSET, QUIT."""

    def handle(self):
        self.say(220, "ready")
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            verb = line[:4].upper()
            if verb == "QUIT":
                self.say(221, "bye")
                return
            if verb == "DATA":
                self.take_letter()
            elif verb == "RCPT" and self.server.refusal:
                self.say(*self.server.refusal)
            else:
                self.say(250, "ok")

    def take_letter(self):
        self.say(354, "go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        letter = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.server.letters.append(letter)
        self.say(250, "accepted")

    def say(self, code: int, words: str):
        self.wfile.write(f"{code} {words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`letters` are those accepted; while `refusal` is (code, words) recipients are refused."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: list[EmailMessage] = []
        self.refusal: tuple[int, str] | None = None
        Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def texts(self) -> list[str]:
        return [letter.get_content() for letter in self.letters]
