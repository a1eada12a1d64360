"""Every command of ours stands in the reference."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_command_is_documented():
    ours = {
        path.stem
        for path in ROOT.glob("*/**/management/commands/*.py")
        if path.stem != "__init__"
        and ".venv" not in path.parts
        and "node_modules" not in path.parts
    }
    assert ours
    text = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert sorted(name for name in ours if f"`{name}`" not in text) == []
