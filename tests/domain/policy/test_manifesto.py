"""The manifesto as a page: figures are the policy's, every word of the prose is its author's."""

import json
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.policy import parse
from domain.policy.figures import figures
from domain.policy.manifesto import PLACEHOLDER, problems, render
from policy_examples import document


def policy(**changes: object) -> dict[str, Any]:
    """The policy's document, its numbers exact."""
    found: dict[str, Any] = parse(json.dumps(document(**changes)))
    return found


def test_placeholders_are_the_policys_figures() -> None:
    page = render(
        policy(),
        "Core is {{targets.core | percent}}, and {{ targets.small_cap }} of it is small.\n"
        "Wave B begins at {{cash_park.waves[B].drawdown_trigger|percent}}; sunsets: "
        "{{cash_park.sunset[2027-02-01].deploy_fraction_of_remaining}}.\n"
        "{{cadence.monthly.contribution_gbp}} a month, minor sleeves {{triggers.minor_sleeves}}.\n"
        "Waves are on: {{triggers.wave_triggers_enabled}}.\n",
    )
    assert page.startswith(
        "Core is 35 %, and 0.05 of it is small.\n"
        "Wave B begins at 20 %; sunsets: 0.5.\n"
        "500 a month, minor sleeves small_cap, short_gilts.\n"
        "Waves are on: yes.\n"
        "\n## Figures\n\n| Figure | Value |\n|---|---|\n| version | 1.0.0 |\n"
    )
    assert "\n| targets.short\\_gilts | 0.05 |\n" in page


def test_the_table_stands_where_the_author_wants_it() -> None:
    page = render(policy(), "Before.\r\n  {{figures}}  \r\nAfter.\r\n")
    assert page.startswith("Before.\r\n| Figure | Value |\n")
    assert page.endswith(" |\r\nAfter.\r\n")
    assert "## Figures" not in page


def test_without_a_manifesto_the_page_is_the_figures() -> None:
    assert render(policy(), None).startswith("# Policy 1.0.0\n\n| Figure | Value |\n")


def test_what_stands_for_nothing_is_named_with_its_line_and_left_as_it_was() -> None:
    text = "Fine: {{targets.core}}\n{{targets.cor}} and {{}}\r\nAll: {{figures}}\n{{version | percent}}\n"
    assert [(each.line, each.sentence) for each in problems(policy(), text)] == [
        (2, "The policy has no figure for {{targets.cor}}."),
        (2, "The policy has no figure for {{}}."),
        (3, "{{figures}} is a table and needs a line of its own."),
        (4, "The policy has no figure for {{version | percent}}."),
    ]
    assert render(policy(), text).startswith(text.replace("{{targets.core}}", "0.35"))


def test_a_name_cannot_break_out_of_the_table() -> None:
    hostile = policy(notes={"principles_summary": ["a | b\n<script>alert(1)</script> {{targets.core}}"]})
    [row] = [line for line in render(hostile, "x").splitlines() if "script" in line]
    assert row == (
        "| notes.principles\\_summary | a \\| b \\<script\\>alert(1)\\</script\\> {{targets.core}} |"
    )


PATHS = sorted(path for path, figure in figures(policy()).items() if isinstance(figure, Decimal))
PROSE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{}\r\n\x00"), max_size=30)
PIECE = st.one_of(
    PROSE,
    st.sampled_from(PATHS).map(lambda path: f"{{{{{path}}}}}"),
    st.sampled_from(PATHS).map(lambda path: f"{{{{ {path} | percent }}}}"),
    st.sampled_from(["{", "}", "{{", "}}", "{{nothing}}", "{{figures}}"]),
)
LINE = st.lists(PIECE, max_size=4).map("".join)


@given(st.lists(LINE, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_no_line_of_prose_is_ever_lost(lines: list[str], end: str) -> None:
    """In their order stand all lines of the text, each as it was but for its placeholders."""
    page = render(policy(), end.join(lines)).split(end if end == "\r\n" else "\n")
    place = 0
    for line in lines:
        words = [each for each in PLACEHOLDER.split(line)[::2] if each.strip()]
        if not words:
            continue
        found = next((n for n in range(place, len(page)) if all(word in page[n] for word in words)), None)
        assert found is not None, line
        place = found


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_prose_without_placeholders_is_kept_to_the_byte(text: str) -> None:
    if not PLACEHOLDER.search(text):
        assert render(policy(), text).startswith(text)
        assert problems(policy(), text) == []
