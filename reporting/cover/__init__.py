"""The committee report that goes before the pack, in Word."""
