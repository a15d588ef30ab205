from pipeline.headlines import headlines
from pipeline.month import Month

HEADER = "indicator_id,period_end,basis,breakdown,value,numerator,denominator,unit,status,note\n"


def test_headlines_give_the_figure_and_what_it_is_made_of(tmp_path):
    (tmp_path / "scorecard.csv").write_text(
        "indicator_id,title\nlac_count,Children looked after\n"
        "three_plus_placements_pct,Three or more placements\n"
    )
    (tmp_path / "indicators.csv").write_text(
        HEADER + "lac_count,2026-10-31,month_end,,551,551,,count,ok,\n"
        "lac_count,2026-10-31,month_end,age_band=1-4,60,60,,count,ok,\n"
        "lac_count,2026-09-30,month_end,,540,540,,count,ok,\n"
        "three_plus_placements_pct,2026-10-31,rolling_12m,,9.4,52,551,percent,ok,\n"
        "visits_up_to_date_nms_pct,2026-10-31,month_end,,,,,percent,not_available,no visits given\n"
    )
    assert headlines(tmp_path, Month(2026, 10)) == [
        "Children looked after: 551",
        "Three or more placements: 9.4% (52 of 551)",
        "visits_up_to_date_nms_pct: not available (no visits given)",
    ]


def test_a_figure_that_is_not_there_is_said_to_be_missing(tmp_path):
    (tmp_path / "scorecard.csv").write_text("indicator_id,title\n")
    (tmp_path / "indicators.csv").write_text(HEADER)
    assert headlines(tmp_path, Month(2026, 10))[0] == (
        "lac_count: not available (no figure for this month)"
    )
