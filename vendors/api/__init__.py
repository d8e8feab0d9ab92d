"""The API of this floor (CROs), and the ground on which every floor's API stands (`ground/`)."""
