"""The door for the adoption extract and the service's own tracker."""

from expectations.rules import YES_NO, FamilyRules

RULES = FamilyRules(codes={"ssd_permanence": {"perm_adopted_by_carer_flag": YES_NO}})
