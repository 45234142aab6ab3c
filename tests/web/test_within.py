"""``__within`` finds what ``__in`` finds, whatever the keys are."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penata.domain.organisasi.models import Unit, UnitMasa
from penata.foundation.within import runs

KEYS = st.frozensets(st.integers(-50, 200) | st.integers(-(2**62), 2**62))


@given(KEYS)
def test_runs_are_the_keys(keys):
    ranges, single = runs(keys)
    found = [key for first, last in ranges for key in range(first, last + 1)] + list(single)
    assert len(found) == len(set(found)) == len(keys)
    assert set(found) == keys


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])  # nothing is written
@given(data=st.data())
def test_within_is_in(kota, data):
    everything = [unit.pk for unit in kota.unit.values()]
    keys = data.draw(st.frozensets(st.sampled_from([*everything, 0, max(everything) + 1])))
    for rows, name in (
        (Unit.objects.all(), "pk"),
        (UnitMasa.objects.all(), "unit_id"),
        (UnitMasa.objects.all(), "unit"),
    ):
        wanted = set(rows.filter(**{f"{name}__in": keys}).values_list("pk", flat=True))
        assert set(rows.filter(**{f"{name}__within": keys}).values_list("pk", flat=True)) == wanted
        assert set(rows.exclude(**{f"{name}__within": keys}).values_list("pk", flat=True)) == (
            set(rows.values_list("pk", flat=True)) - wanted
        )


def test_only_numbers_are_written_into_a_statement():
    with pytest.raises(ValueError, match="invalid literal"):
        Unit.objects.filter(pk__within=["1) OR (1=1"])
