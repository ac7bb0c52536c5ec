"""A local mail server: it speaks as much SMTP as a client needs to leave a message, and keeps what was left."""

import socketserver
import threading
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Left:
    """A message as it came, with the envelope that it came in."""

    sender: str
    recipients: list[str]
    message: EmailMessage


class MailServer:
    """Serves on loopback for as long as the ``with`` block lasts."""

    def __init__(self) -> None:
        self.left: list[Left] = []
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        """Where it listens, on 127.0.0.1."""
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients leave as they please."""


def _handler(server: MailServer) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            sender, recipients = "", list[str]()
            self._say("220 mail.test ready")
            while line := self.rfile.readline().decode().strip():
                verb, _, rest = line.partition(" ")
                match verb.upper():
                    case "EHLO" | "HELO" | "RSET" | "NOOP":
                        self._say("250 mail.test")
                    case "MAIL":
                        sender = _address(rest)
                        self._say("250 go on")
                    case "RCPT":
                        recipients.append(_address(rest))
                        self._say("250 go on")
                    case "DATA":
                        self._say("354 end with a dot")
                        server.left.append(Left(sender, recipients, self._message()))
                        self._say("250 taken")
                    case "QUIT":
                        self._say("221 bye")
                        return
                    case _:
                        self._say("502 not here")

        def _message(self) -> EmailMessage:
            lines = iter(self.rfile.readline, b".\r\n")
            raw = b"".join(line[1:] if line.startswith(b"..") else line for line in lines)
            return message_from_bytes(raw, policy=policy.default)

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    return Handler


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]
