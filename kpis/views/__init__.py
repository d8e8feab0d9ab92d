"""HTTP of this floor, one file per subject: find what is visible, check, one call, answer."""
