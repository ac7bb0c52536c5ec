"""What is configured of an issuer."""

from dataclasses import dataclass

from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class OidcClient:
    """Ballast at an issuer. ``audience`` is what bearer tokens are for; ``redirect`` is where browsers come back to."""

    issuer: str
    client_id: str
    client_secret: SecretStr | None
    audience: str
    redirect: str
