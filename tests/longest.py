"""The files whose tests take longest, longest first: begun first, so that no core waits for the last of them."""

from __future__ import annotations

LONGEST = (
    "tests/services/test_verify.py",
    "tests/script/test_docs.py",
    "tests/benchmarks/test_same_work.py",
    "tests/test_run.py",
    "tests/ui/test_screens.py",
    "tests/crash/test_killed.py",
    "tests/services/test_desk_permissions.py",
    "tests/script/test_real_policies.py",
    "tests/ui/test_policy_try.py",
    "tests/ui/test_access.py",
    "tests/journeys/test_card_terminal.py",
    "tests/services/test_policy_cases.py",
    "tests/ui/test_app.py",
    "tests/services/test_demo_shop.py",
    "tests/crash/test_gift_card_race.py",
    "tests/persistence/test_start.py",
)
