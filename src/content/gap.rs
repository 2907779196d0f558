//! A gap in a template or a hint, for a value that only its author knows.

/// Stands in a hint for a value that nobody has written yet. `check` tells of one that was left.
pub(crate) const GAP: &str = "…";

/// Whether a value is a gap that a hint or a template left.
pub(crate) fn is_gap(text: &str) -> bool {
    matches!(text.trim(), GAP | "...")
}
