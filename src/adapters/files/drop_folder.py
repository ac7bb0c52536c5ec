"""The drop folder: price files that people put there, read once they have come to rest, then put away."""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from adapters.files.at_rest import is_at_rest, is_wanted
from adapters.files.price_csv import Bar, BrokenPriceFile, Series, closes_at, read_series
from adapters.files.price_names import Named, named_by_file, named_by_ticker
from adapters.files.shown import shown
from application.ports import PricePoint, Sessions
from application.ports.drop_folder import BrokenFile, DroppedFile
from application.ports.market_data import Wanted
from domain.sessions import UnknownExchange

SOURCE = "files"
FILE_BYTES_MAX = 200_000_000
TICKERS_NAMED_MAX = 5
DONE, FAILED = "done", "failed"

Known = Callable[[], Sequence[Wanted]]
"""Every listing that there is."""


class PriceDropFolder:
    """The application's DropFolder. ``clock`` is that of the file system, in seconds since 1970."""

    def __init__(
        self, folder: Path, known: Known, sessions: Sessions, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder = folder
        self._known = known
        self._sessions = sessions
        self._clock = clock

    def make(self) -> None:
        """Make the folder, and those for what was put away."""
        for name in (DONE, FAILED):
            (self._folder / name).mkdir(parents=True, exist_ok=True)

    def settled(self) -> list[str]:
        """See application.ports.drop_folder.DropFolder."""
        if not self._folder.is_dir():
            return []
        return sorted(shown(path.name) for path in self._folder.iterdir() if self._is_settled(path))

    def read(self, name: str, now: datetime) -> DroppedFile | None:
        """See application.ports.drop_folder.DropFolder."""
        content = self._content(name)
        if content is None:
            return None
        try:
            found = read_series(Path(name), content)
            matched = self._matched(name, found)
            points, unfinished = self._points(name, matched, now)
        except BrokenPriceFile as broken:
            raise BrokenFile(f"{broken}.") from None
        except UnknownExchange as unknown:
            raise BrokenFile(str(unknown)) from None
        return DroppedFile(
            sha256=hashlib.sha256(content).hexdigest(),
            points=points,
            symbols=[listing.symbol for listing, _ in matched],
            strangers=len(found) - len(matched),
            unfinished=unfinished,
        )

    def put_away(self, name: str, sentence: str, *, failed: bool) -> None:
        """See application.ports.drop_folder.DropFolder."""
        self.make()
        target = _free(self._folder / (FAILED if failed else DONE) / name)
        target.with_name(f"{target.name}.txt").write_text(f"{sentence}\n")
        self._path(name).replace(target)

    def _path(self, name: str) -> Path:
        """The file that is shown under a name."""
        path = self._folder / name
        if path.exists():
            return path
        return next((each for each in self._folder.iterdir() if shown(each.name) == name), path)

    def _is_settled(self, path: Path) -> bool:
        try:
            return is_wanted(path) and is_at_rest(path, self._clock())
        except FileNotFoundError:
            return False

    def _content(self, name: str) -> bytes | None:
        path = self._path(name)
        try:
            if path.stat().st_size > FILE_BYTES_MAX:
                raise BrokenFile(f"{name} is larger than {FILE_BYTES_MAX:,} bytes.")
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BrokenFile(f"{name} cannot be read: {error.strerror or error}.") from None

    def _matched(self, name: str, found: Sequence[Series]) -> list[tuple[Wanted, Series]]:
        """The series whose listings are known. Raises BrokenFile when there is none, or one that could be several."""
        by_symbol = dict[str, list[Wanted]]()
        for each in self._known():
            by_symbol.setdefault(each.symbol.upper(), []).append(each)
        named = [
            (series, named_by_file(Path(name)) if series.ticker is None else named_by_ticker(series.ticker))
            for series in found
        ]
        matched = [(_listing(names, by_symbol), series) for series, names in named]
        if not any(listing for listing, _ in matched):
            tickers = ", ".join(sorted({names[0].symbol for _, names in named})[:TICKERS_NAMED_MAX])
            raise BrokenFile(f"No listing goes by {tickers}: register one, and drop the file again.")
        return [(listing, series) for listing, series in matched if listing is not None]

    def _points(
        self, name: str, matched: Iterable[tuple[Wanted, Series]], now: datetime
    ) -> tuple[list[PricePoint], int]:
        """The closes of sessions that are over by now, and how many are not. Raises BrokenPriceFile."""
        points, unfinished = list[PricePoint](), 0
        for listing, series in matched:
            timed = closes_at(series.bars, listing.exchange, self._sessions, Path(name))
            over = [_point(listing, bar, close) for bar, close in timed if close <= now]
            unfinished += len(timed) - len(over)
            points += over
        return points, unfinished


def _listing(names: Sequence[Named], by_symbol: Mapping[str, Sequence[Wanted]]) -> Wanted | None:
    for symbol, exchanges in names:
        known = by_symbol.get(symbol, ())
        found = [each for each in known if exchanges is None or each.exchange in exchanges]
        if len(found) > 1:
            places = " and ".join(sorted(each.exchange for each in found))
            raise BrokenFile(
                f"{symbol} trades on {places}: say which, as in {symbol}.{found[0].exchange} in place of {symbol}."
            )
        if found:
            return found[0]
    return None


def _point(listing: Wanted, bar: Bar, close: datetime) -> PricePoint:
    return PricePoint(
        listing_id=listing.listing_id,
        as_of=close,
        last=bar.close,
        bid=None,
        ask=None,
        is_close=True,
        source=SOURCE,
        open=bar.open,
        high=bar.high,
        low=bar.low,
    )


def _free(target: Path) -> Path:
    """A name that nothing has yet: ``KO.csv``, ``KO.csv.2`` and so on."""
    names = (target.with_name(f"{target.name}.{number}") for number in count(2))
    return next(each for each in chain([target], names) if not each.exists())
