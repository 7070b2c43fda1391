"""Serial numbers on paper: runs by their two ends, so that a box of a form holds a hundred."""

import pytest

from delivery.serial_ranges import in_ranges


@pytest.mark.parametrize(
    ("serial_nos", "written"),
    [
        ([], ""),
        (["C2611-0417"], "C2611-0417"),
        (["C2611-0440", "C2611-0441"], "C2611-0440、0441"),
        (["C2611-0431", "C2611-0432", "C2611-0433", "C2611-0434"], "C2611-0431～0434"),
        (["C2611-0431", "C2611-0433"], "C2611-0431、C2611-0433"),
        (["26110001", "26110002", "26110003"], "26110001～0003"),
        (["26119999", "26120000", "26120001"], "26119999～20001"),
        (["A9", "A10", "A11"], "A9、A10、11"),
        (["A-2", "A-1", "A-1"], "A-1、2"),
        (["甲", "乙"], "乙、甲"),
        (["9" * 30], "9" * 30),
    ],
)
def test_runs_are_written_by_their_ends(serial_nos, written):
    assert in_ranges(serial_nos) == written


def test_a_hundred_in_a_run_take_one_short_text():
    assert in_ranges(f"C2611-{number:04d}" for number in range(100)) == "C2611-0000～0099"
