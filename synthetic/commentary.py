"""What the invented council's heads of service write beside the figures of their latest month."""

from __future__ import annotations

from pathlib import Path

from synthetic.settings import CouncilSettings

COMMENTARY = {
    "looked-after-children": """\
We were looking after {{ figure('lac_count') }} children at the end of {{ month_name() }},
{{ change('lac_count') }}.

- Admissions to care in the month: {{ figure('admissions') }} ({{ ytd('admissions') }} since
  April). The edge of care service began phase 2 in September and works with families of children
  aged 10 to 15.
- Children who left care in the month: {{ figure('ceased') }} ({{ ytd('ceased') }} since April).

The rate stands at {{ figure('lac_rate_10k') }} for every 10,000 children in the area. Similar
councils average {{ neighbours('lac_rate_10k') }} and England {{ england('lac_rate_10k') }}.
""",
    "health": """\
**What changed.** Children in care with an up to date health assessment:
{{ figure('health_assessment_up_to_date_pct') }} ({{ out_of('health_assessment_up_to_date_pct') }}),
{{ change('health_assessment_up_to_date_pct') }}. The target is
{{ target('health_assessment_up_to_date_pct') }}, and the measure is rated
{{ rating('health_assessment_up_to_date_pct') }}.

**Why.** Two paediatric clinics a month were lost over the summer. Initial assessments suffer
most, since they are due within 20 working days of coming into care.

**What we do.**

1. A third clinic opens next month, first for children under 5.
2. Carers are told of dental checks two months before they are due. Checks in date:
   {{ figure('dental_up_to_date_pct') }} ({{ out_of('dental_up_to_date_pct') }}).
""",
}


def write_commentary(settings: CouncilSettings, folder: Path) -> None:
    """Write a Markdown file for each theme with something to say, for the latest month."""
    month = folder / settings.last_month
    month.mkdir(parents=True, exist_ok=True)
    for theme, text in COMMENTARY.items():
        (month / f"{theme}.md").write_text(text, encoding="utf-8")
