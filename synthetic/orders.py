"""The legal orders of a period of care, one after the other or two at once (C2 with E1)."""

from datetime import date
from random import Random

from synthetic.days import add_months, age_on, days, end_of_month
from synthetic.lives import Order, Plan
from synthetic.routes import pick, spread

VOLUNTARY_SHARE = ((1, 0.25), (5, 0.3), (10, 0.35), (16, 0.5), (99, 0.8))
"""Share that come in by agreement (section 20), by age."""

REMANDS = {"J1": 6, "J2": 2, "J3": 2}
REMANDED_SHARE = 0.3
"""Share of those aged twelve or over coming in without a care order whom a court sent first."""


def make_orders(rng: Random, plan: Plan, birth_date: date, is_uasc: bool) -> tuple[Order, ...]:
    """Return the orders of a period of care, without a gap from its start to its end."""
    if plan.track == "short break":
        raise ValueError("short breaks have orders of their own")
    if is_uasc:
        return (Order("V2", plan.start, plan.end),)
    steps = _steps(rng, plan, age_on(birth_date, plan.start))
    return _as_orders(steps, plan, keeps_care_order=rng.random() < 0.5)


def _steps(rng: Random, plan: Plan, age: int) -> list[tuple[date, str]]:
    if plan.end_reason == "E14":
        return [(plan.start, pick(rng, REMANDS))]
    if plan.adoption is not None and plan.adoption.is_by_consent:
        return [(plan.start, "V2")]
    share = next(share for bound, share in VOLUNTARY_SHARE if age < bound)
    is_voluntary = rng.random() < share
    steps = [(plan.start, "V2" if is_voluntary else "C1")]
    if not is_voluntary and rng.random() < _emergency_share(plan.start):
        emergency = pick(rng, {"L1": 5, "L2": 75, "L3": 20} if age < 1 else {"L1": 4, "L2": 2})
        most = 3 if emergency == "L1" else 8
        steps = [(plan.start, emergency), (plan.start + days(rng.randint(2, most)), "C1")]
    if is_voluntary and rng.random() < _care_order_share(plan, age):
        steps.append((plan.start + days(spread(rng, 20, 90, 300)), "C1"))
    if steps[-1][1] == "C1" and plan.track in ("adoption", "long"):
        steps.append((steps[-1][0] + days(spread(rng, 150, 200, 330)), "C2"))
    elif steps[-1][1] == "C1" and rng.random() < 0.4:
        steps.append((steps[-1][0] + days(spread(rng, 160, 220, 360)), "C2"))
    if is_voluntary and age >= 12 and rng.random() < REMANDED_SHARE:
        steps = _with_remand(rng, steps)
    return _with_placement_order(steps, plan)


def _emergency_share(start: date) -> float:
    """Return the share taken in an emergency: most in a month's last days, to be in an extract."""
    return 0.8 if (end_of_month(start) - start).days < 5 else 0.14


def _with_remand(rng: Random, steps: list[tuple[date, str]]) -> list[tuple[date, str]]:
    """Let a stay begin with a remand; any other order waits for its end."""
    start = steps[0][0]
    code = pick(rng, REMANDS)
    # The police keep a child for a night or two, a court for weeks.
    ends = start + days(2 if code == "J2" else spread(rng, 30, 70, 160))
    later = [step for step in steps[1:] if step[0] > ends]
    return [(start, code), (ends, "V2"), *later]


def _care_order_share(plan: Plan, age: int) -> float:
    if plan.track == "adoption":
        return 1.0
    if plan.track == "long":
        return 0.8 if age < 13 else 0.35
    return 0.25


def _with_placement_order(steps: list[tuple[date, str]], plan: Plan) -> list[tuple[date, str]]:
    path = plan.adoption
    if path is None or path.placement_order is None:
        return steps
    order_day = path.placement_order
    before = [step for step in steps if step[0] < order_day]
    if before[-1][1] == "C1":
        before.append((order_day - days(1), "C2"))
    elif before[-1][1] == "V2":
        before.append((order_day - days(60), "C1"))
        before.append((order_day - days(1), "C2"))
    after = [(path.reversed_on, "C2")] if path.reversed_on else []
    return [*sorted(before), (order_day, "E1"), *after]


def _as_orders(
    steps: list[tuple[date, str]], plan: Plan, *, keeps_care_order: bool
) -> tuple[Order, ...]:
    """Close each order on the next; a care order may run on under a placement order."""
    steps = [step for step in steps if step[0] < plan.end]
    ends = [*(start for start, _ in steps[1:]), plan.end]
    orders = [Order(code, s, e) for (s, code), e in zip(steps, ends, strict=True) if s < e]
    codes = [order.code for order in orders]
    if keeps_care_order and "E1" in codes and "C2" in codes[: codes.index("E1")]:
        at = codes.index("C2")
        orders[at] = Order("C2", orders[at].start, plan.end)
        orders = [o for n, o in enumerate(orders) if o.code != "C2" or n == at]
    return tuple(orders)


def with_moves(
    rng: Random, orders: tuple[Order, ...], moves: tuple[date, ...]
) -> tuple[Order, ...]:
    """Let some orders begin on the day of a move near by, as courts and moves do (RNE B, U)."""
    found = list(orders)
    for place in range(1, len(found)):
        before, order = found[place - 1], found[place]
        near = [day for day in moves if abs((day - order.start).days) <= 25]
        is_next = before.end == order.start and order.code in ("C1", "C2") and before.code[0] != "L"
        if not near or not is_next or rng.random() < 0.4:
            continue
        if before.start < near[0] < order.end:
            found[place - 1] = Order(before.code, before.start, near[0])
            found[place] = Order(order.code, near[0], order.end)
    return tuple(found)


def later_orders(rng: Random, plan: Plan) -> tuple[Order, ...]:
    """Return the orders that follow care: SGO or CAO at its end, or years after it."""
    far = date(9999, 1, 1)
    if plan.end_reason in ("E43", "E44", "E45", "E46", "E47", "E48"):
        return (Order("SGO", plan.end, far),)
    if plan.end_reason == "E41":
        return (Order("CAO", plan.end, far),)
    if plan.end_reason in ("E13", "E4A") and rng.random() < 0.45:
        start = add_months(plan.end, rng.randint(2, 14)) + days(rng.randint(0, 20))
        return (Order(pick(rng, {"SGO": 2, "CAO": 1}), start, far),)
    return ()
