"""THE HUB: whoever listens in this process, held by one thread that wakes up when there is something to tell.

A stream is a socket and a few numbers. It costs no thread, and while nothing happens no question to a table. Each
change is gathered and written once for each audience; all of an audience are sent the same bytes. Why it is built
like this and not upon ASGI: docs/decisions/0029.
"""

from __future__ import annotations

import json
import logging
import random
import resource
import selectors
import socket
import time
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from threading import Lock, Thread, current_thread
from typing import TYPE_CHECKING

from django.db import connection

from meetings.live.panels import SCREENS, Screen
from meetings.live.story import Story
from meetings.live.watch import Watch, no_more, tell, watch
from meetings.models import Meeting

if TYPE_CHECKING:
    from meetings.live.panels import Gathered
    from meetings.live.tickets import Ticket

log = logging.getLogger(__name__)

BEAT = 15  # seconds between two signs of life
PAUSE = 0.1  # between two pushes of one meeting: what changes meanwhile is told together
MOST_WAITING = 256 * 1024  # bytes that a slow device may be behind; it comes back and is told the whole
MOST_SAID = 4096  # bytes that a screen may say once it listens: it has nothing to say
MOST_OF_ONE = 20  # streams of one ticket
FOR_OTHERS = 200  # files of the process that are neither streams nor connections for pages
HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n"
    b"X-Content-Type-Options: nosniff\r\nX-Accel-Buffering: no\r\nConnection: close\r\n\r\n"
)

Key = tuple[int, str]  # meeting and audience


def event(name: str, data: str, version: int | None = None) -> bytes:
    number = "" if version is None else f"id: {version}\n"
    return f"{number}event: {name}\ndata: {data}\n\n".encode()


def told(version: int, panels: dict[str, str]) -> bytes:
    return event("screen", json.dumps({"v": version, "panels": panels}, ensure_ascii=False), version)


def beat() -> bytes:
    """A sign of life, with the server's time."""
    return event("beat", str(round(time.time() * 1000)))


@dataclass(slots=True, eq=False)
class Stream:
    """One screen that listens. `waiting`: what its line could not take yet."""

    sock: socket.socket
    ticket: Ticket
    version: str  # that it says it shows
    session: str  # its key; empty for one that nobody signs out
    waiting: bytes = b""
    said: int = 0  # bytes

    @property
    def key(self) -> Key:
        return self.ticket.meeting, self.ticket.audience


@dataclass(slots=True)
class Topic:
    """What an audience of one meeting was told last, and who of it listens here."""

    screen: Screen
    streams: set[Stream] = field(default_factory=set)


class Hub:
    """One for each process. `is_served`: whether this process can hold streams at all. `pages`: how many connections
    it may hold besides.
    """

    is_served = False
    pages = 1000

    def __init__(self) -> None:
        self.lock = Lock()
        self.thread: Thread | None = None
        self.arriving: deque[Stream] = deque()
        self.changed: set[int] = set()
        self.topics: dict[Key, Topic] = {}
        self.quiet_until: dict[int, float] = {}
        self.broken: set[Key] = set()  # told in the log already
        self.count = 0  # streams, with those that are arriving
        self.held: Counter[Ticket] = Counter()

    # --- From other threads -------------------------------------------------------------------------

    def is_full(self) -> bool:
        return self.count + self.pages + FOR_OTHERS >= resource.getrlimit(resource.RLIMIT_NOFILE)[0]

    def take(self, sock: socket.socket, ticket: Ticket, version: str, session: str = "") -> bool:
        """From now on this socket is the hub's; False where there is no room for it."""
        with self.lock:
            if self.is_full() or self.held[ticket] >= MOST_OF_ONE:
                return False
            self.arriving.append(Stream(sock, ticket, version, session))
            self.count += 1
            self.held[ticket] += 1
            if self.thread is None:
                self.bell, self.rung = socket.socketpair()
                self.thread = Thread(target=self._run, name="live", daemon=True)
                self.thread.start()
            self._ring()
            return True

    def hear(self, meeting: int) -> None:
        """A change of this meeting is stored: here, and for the other processes."""
        with self.lock:
            if self.thread is not None:
                self.changed.add(meeting)
                self._ring()
        tell(meeting)

    def _ring(self) -> None:
        with suppress(BlockingIOError):
            self.rung.send(b"!")

    # --- The thread ---------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._listen()
        except Exception:
            log.exception("The live streams of this process were cut; the screens come back by themselves.")
        finally:
            with self.lock:
                self._leave()

    def _listen(self) -> None:
        self.selector = selectors.DefaultSelector()
        self.bell.setblocking(False)
        self.rung.setblocking(False)
        self.selector.register(self.bell, selectors.EVENT_READ)
        self.watch: Watch = watch()
        if (spoken := self.watch.start()) is not None:
            self.selector.register(spoken, selectors.EVENT_READ)
        self.next_beat = time.monotonic() + BEAT
        while True:
            self._look()
            self._welcome()
            self._push()
            self._beat()
            if self._is_alone():
                return
            self._wait()

    def _is_alone(self) -> bool:
        with self.lock:
            if self.count:
                return False
            self._leave()
            return True

    def _leave(self) -> None:
        """With the lock: nobody listens any more, or the thread is broken. Another one may have begun since."""
        if self.thread is not current_thread():
            return
        for stream in [*self.arriving, *(one for topic in self.topics.values() for one in topic.streams)]:
            stream.sock.close()
        self.arriving.clear()
        self.topics.clear()
        self.changed.clear()
        self.quiet_until.clear()
        self.held.clear()
        self.count, self.thread = 0, None
        self.selector.close()
        self.bell.close()
        self.rung.close()
        connection.close()

    def _wait(self) -> None:
        now = time.monotonic()
        with self.lock:
            due = [self.next_beat, *(max(now, self.quiet_until.get(pk, 0)) for pk in self.changed)]
        if self.watch.patience is not None:
            due.append(now + self.watch.patience)
        for key, events in self.selector.select(max(0.0, min(due) - now)):
            if key.fileobj is self.bell:
                with suppress(BlockingIOError):
                    self.bell.recv(4096)
            elif key.data is not None:
                self._serve(key.data, events)

    def _look(self) -> None:
        meetings = {meeting for meeting, _ in self.topics}
        if found := set(self.watch.look(meetings)):
            now = Meeting.objects.versions(found)
            shown = {meeting: topic.screen.version for (meeting, _), topic in self.topics.items()}
            with self.lock:
                self.changed |= {pk for pk in found if now.get(pk) != shown[pk]}

        for key in self.watch.ended(self._sessions):
            for stream in [one for one in self._streams() if one.session == key]:
                self._end(stream)

    def _streams(self) -> list[Stream]:
        return [one for topic in self.topics.values() for one in topic.streams]

    def _sessions(self) -> set[str]:
        return {one.session for one in self._streams() if one.session}

    def _welcome(self) -> None:
        """Whoever is still signed in: a ticket is older than the last look at that."""
        arriving = [self.arriving.popleft() for _ in range(len(self.arriving))]
        gone = no_more({one.session for one in arriving if one.session})
        for stream in arriving:
            stream.sock.setblocking(False)
            topic = None if stream.session in gone else self.topics.get(stream.key) or self._open(stream.key)
            if topic is None:
                self._close(stream)
                continue
            topic.streams.add(stream)
            self.selector.register(stream.sock, selectors.EVENT_READ, stream)
            retry = f"retry: {random.randint(1000, 4000)}\n\n".encode()  # noqa: S311 (not all at once)
            shown = stream.version == str(topic.screen.version)
            whole = b"" if shown else told(topic.screen.version, dict(topic.screen.panels))
            self._send(stream, HEAD + retry + beat() + whole)

    def _open(self, key: Key) -> Topic | None:
        meeting = Meeting.objects.with_people().filter(pk=key[0]).first()
        screen = self._drawn(meeting, key[1]) if meeting is not None else None
        return None if screen is None else self.topics.setdefault(key, Topic(screen))

    def _push(self) -> None:
        """One gathering for each meeting that changed, one writing for each audience that listens."""
        now = time.monotonic()
        with self.lock:
            due = {pk for pk in self.changed if self.quiet_until.get(pk, 0) <= now}
            self.changed -= due
        for pk in due:
            topics = {audience: topic for (meeting, audience), topic in self.topics.items() if meeting == pk}
            meeting = Meeting.objects.with_people().filter(pk=pk).first() if topics else None
            if meeting is None:
                continue
            gathered = cache(partial(Story.of, meeting))
            for audience, topic in topics.items():
                if (screen := self._drawn(meeting, audience, gathered)) is not None:
                    self._tell(topic, screen)
            self.quiet_until[pk] = time.monotonic() + PAUSE

    def _drawn(self, meeting: Meeting, audience: str, gathered: Gathered | None = None) -> Screen | None:
        """None for what cannot be drawn: its screens are cut and ask the door, those of other meetings go on."""
        try:
            return SCREENS.of(meeting, audience, gathered)
        except Exception:
            key = (meeting.pk, audience)
            if key not in self.broken:
                self.broken.add(key)
                log.exception("Meeting %s could not be drawn for the audience %s.", *key)
            topic = self.topics.get(key)
            for stream in list(topic.streams) if topic is not None else ():
                self._drop(stream)
            return None

    def _tell(self, topic: Topic, screen: Screen) -> None:
        if screen.version == topic.screen.version:
            return
        data, topic.screen = told(screen.version, screen.since(topic.screen)), screen
        for stream in list(topic.streams):
            self._send(stream, data)

    def _beat(self) -> None:
        if time.monotonic() < self.next_beat:
            return
        self.next_beat = time.monotonic() + BEAT
        sign, now = beat(), time.time()
        for stream in self._streams():
            if stream.ticket.until > now:
                self._send(stream, sign)
            else:
                self._end(stream)

    # --- One stream ---------------------------------------------------------------------------------

    def _send(self, stream: Stream, data: bytes) -> None:
        if stream.waiting:
            stream.waiting += data
        else:
            try:
                sent = stream.sock.send(data)
            except BlockingIOError:
                sent = 0
            except OSError:
                self._drop(stream)
                return
            if sent == len(data):
                return
            stream.waiting = data[sent:]
            self.selector.modify(stream.sock, selectors.EVENT_READ | selectors.EVENT_WRITE, stream)
        if len(stream.waiting) > MOST_WAITING:
            self._drop(stream)

    def _serve(self, stream: Stream, events: int) -> None:
        """It hung up, or its line takes more. What it says is of no interest; one that goes on saying it is let go."""
        if stream.sock.fileno() < 0:
            return
        if events & selectors.EVENT_READ:
            try:
                heard = len(stream.sock.recv(MOST_SAID))
            except BlockingIOError:
                heard = -1
            except OSError:
                heard = 0
            stream.said += max(0, heard)
            if not heard or stream.said > MOST_SAID:
                self._drop(stream)
                return
        if events & selectors.EVENT_WRITE and stream.waiting:
            data, stream.waiting = stream.waiting, b""
            self.selector.modify(stream.sock, selectors.EVENT_READ, stream)
            self._send(stream, data)

    def _end(self, stream: Stream) -> None:
        """It asks the door, which knows whether it may go on."""
        self._send(stream, event("over", ""))
        self._drop(stream)

    def _drop(self, stream: Stream) -> None:
        topic = self.topics.get(stream.key)
        if topic is None or stream not in topic.streams:
            return
        topic.streams.discard(stream)
        self.selector.unregister(stream.sock)
        self._close(stream)
        if not topic.streams:
            del self.topics[stream.key]

    def _close(self, stream: Stream) -> None:
        with self.lock:
            self.count -= 1
            self.held[stream.ticket] -= 1
            if self.held[stream.ticket] <= 0:
                del self.held[stream.ticket]
        stream.sock.close()


HUB = Hub()
