//! How much it says that two entries share something, by how many have it.

use super::weights::{BACKGROUND_ENTRIES, COMMON_WORD_ENTRIES};

/// From 1 (only two entries have it) down to 0 (all have it). Smoothed, so that it works from two
/// entries on: a directory that small has yet to show what is common.
pub(super) fn rarity(having: usize, entries: usize) -> f64 {
    let all = entries as f64 + BACKGROUND_ENTRIES;
    ((all / (having as f64 + 1.0)).ln() / (all / 3.0).ln()).clamp(0.0, 1.0)
}

/// Whether a word is in so many entries that it says nothing.
pub(super) fn is_common(having: usize, entries: usize) -> bool {
    having > COMMON_WORD_ENTRIES && having > entries / 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarer_things_say_more() {
        assert_eq!(rarity(2, 2), 1.0);
        assert_eq!(rarity(2, 100_000), 1.0);
        assert!(rarity(10, 100) > rarity(20, 100));
        assert_eq!(rarity(100_000, 100), 0.0);
        assert!(!is_common(4, 4));
        assert!(is_common(1001, 10_000));
    }
}
