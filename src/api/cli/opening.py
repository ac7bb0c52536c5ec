"""Open the servers and the house for one command, and close them after it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from adapters.brokers.alpaca.addresses import Addresses
from adapters.embedded.folder import DataFolder
from adapters.embedded.servers import Servers, open_servers
from adapters.outbound.addresses import AddressPolicy
from adapters.seals.sealing import Sealer
from adapters.traces.opening import open_traces
from api.cli.patience import AWAY, Patience
from api.configuration import Configuration
from api.secrets_folder import known_sealing_key
from api.wiring import House


@contextmanager
def opened(
    data: Path | None, what: str, first: Callable[[Servers], None] = lambda _: None
) -> Iterator[tuple[House, Servers]]:
    """The house on the configured servers, or on embedded ones of the data folder, its schema up to date.

    A program that already runs on the folder is joined; otherwise the servers are ours until the block ends.
    ``first`` is done before anything looks into the database.
    """
    configuration = Configuration()
    folder = DataFolder(data or configuration.data)

    def sealing_key() -> SecretStr | None:
        # Looked for at every use: another role may make it after this one has started.
        return configuration.sealing_key or known_sealing_key(folder.secrets)

    Sealer(sealing_key())  # a key that is none is said at once
    with open_servers(folder.root, configuration.database_url, configuration.redis_url, what=what) as servers:
        first(servers)
        house = House(
            servers.database_url,
            servers.redis_url,
            sealing_key=sealing_key,
            alpaca_addresses=Addresses(configuration.alpaca_url, configuration.alpaca_stream_url),
            alpaca_data_url=configuration.alpaca_data_url,
            drop_folder=folder.drop,
            policies_folder=folder.policies,
            outbound_policy=AddressPolicy.parse(configuration.outbound_allow),
            house_schedules=configuration.house_schedules(),
            backups_folder=folder.backups,
            backups_kept=configuration.backups_keep,
            heads_file=configuration.audit_heads or folder.audit_heads,
            reviewing=configuration.reviewing(),
            issuer=configuration.issuer(),
            exports_folder=folder.exports,
            exports_kept=configuration.exports_kept(),
            object_store=configuration.object_store(),
            export_buckets=configuration.export_buckets(),
            traces=open_traces(what),
        )
        try:
            _prepare(house, servers)
            yield house, servers
        finally:
            house.close()


def _prepare(house: House, servers: Servers) -> None:
    """Embedded servers are waited for; an address that was given may be wrong, which is said at once."""
    embedded = servers.owner or servers.holder is not None
    patience = Patience() if embedded else Patience(seconds=0)
    while True:
        try:
            return house.prepare_database()
        except AWAY as away:
            patience.wait(away)
