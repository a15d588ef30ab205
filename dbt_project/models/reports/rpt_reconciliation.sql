-- Grain: one row per topic of the published month that two sources tell of: how many people each has, and how far
-- they agree. For officers.
with

people as (
    select * from {{ ref('fct_reconciliation') }}
),

topics as (
    {% for topic, position, title, left, right, explanation in [
        ('adoptions', 1, 'Adoptions this year', 'adoption tracker: order made', 'case system: care ended by adoption (E11, E12)',
            'On the tracker alone: the cessation is to be typed into the case system (DQ09). In the case system alone: the tracker lacks the order.'),
        ('orders', 2, 'Special guardianship and child arrangements orders this year', 'orders made', 'care ended by such an order (E41, E43 to E48)',
            'An order may be made for a child who stays in care, and care may end under another reason; each child on one side alone is to be looked at (DQ24).'),
        ('care_leavers', 3, 'Care leavers', 'recorded as relevant or former relevant', 'derived from their time in care (C15)',
            'Recorded alone: fewer than 13 weeks of care, or outside the ages. Derived alone: the record is missing or says no eligibility (DQ15).'),
        ('placements', 4, 'Open placements and open care', 'children with an open placement', 'children looked after',
            'A placement without care was left open; care without a placement lacks its row (DQ11).'),
        ('discharges', 5, 'Discharges in the workflow and open care', 'discharge task open', 'children looked after',
            'In both: about to leave and still counted, until the end of care is recorded (DQ02). A task alone: care has ended and the task was not closed.'),
    ] -%}
        select
            '{{ topic }}' as topic, {{ position }} as topic_order, '{{ title }}' as title, '{{ left }}' as what_left,
            '{{ right }}' as what_right, '{{ explanation }}' as explanation{% if not loop.last %}
            union all{% endif %}
    {% endfor %}
),

final as (
    select
        people.la,
        topics.topic,
        topics.topic_order,
        topics.title,
        topics.what_left,
        sum(case when people.is_in_left then 1 else 0 end) as left_count,
        topics.what_right,
        sum(case when people.is_in_right then 1 else 0 end) as right_count,
        sum(case when people.is_in_left and people.is_in_right then 1 else 0 end) as in_both,
        sum(case when people.is_in_left and not people.is_in_right then 1 else 0 end) as only_left,
        sum(case when people.is_in_right and not people.is_in_left then 1 else 0 end) as only_right,
        topics.explanation
    from people
    inner join topics on people.topic = topics.topic
    group by
        people.la, topics.topic, topics.topic_order, topics.title, topics.what_left, topics.what_right, topics.explanation
)

select * from final
