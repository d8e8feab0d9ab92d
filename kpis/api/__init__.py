"""The API of this floor: KPI definitions and results, submissions read and sent."""
