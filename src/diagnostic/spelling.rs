//! The word that is meant by one that is not known: the nearest by its letters.

/// The candidate nearest to `word`, if at most a third of its letters differ.
///
/// Looks at every candidate: for the few words that a field takes. [`Spellings`] is for many.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let allowed = word.len() / 3;
    if allowed == 0 {
        return None;
    }
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= (word.len() + allowed) * 4)
        .filter_map(|candidate| Some((distance(&word, candidate, allowed)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Many words among which the nearest is looked for many times.
///
/// Of a few words all are compared. Of many, only those that stand next to the wanted one by their
/// beginnings, and those next to it by their ends: a slip leaves at least one of the two as it was.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    /// In the order of the alphabet, each once.
    words: Vec<String>,
    /// Places of the words, in the order of their letters from the last to the first.
    by_end: Vec<usize>,
}

/// So many words are all compared.
const FEW: usize = 256;

/// So many words are compared on each side of where the wanted one would stand.
const BESIDE: usize = 24;

impl Spellings {
    /// Puts words in order.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Spellings {
        let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        let mut by_end: Vec<usize> = (0..words.len()).collect();
        by_end.sort_by(|one, other| words[*one].chars().rev().cmp(words[*other].chars().rev()));
        Spellings { words, by_end }
    }

    /// The word nearest to `wanted`, if at most a third of its letters differ.
    pub fn nearest(&self, wanted: &str) -> Option<&str> {
        if self.words.len() <= FEW {
            return nearest(wanted, self.words.iter().map(String::as_str));
        }
        let wanted = wanted.to_lowercase();
        let place = self.words.partition_point(|word| **word < *wanted);
        let is_before = |at: &usize| self.words[*at].chars().rev().lt(wanted.chars().rev());
        let place_by_end = self.by_end.partition_point(is_before);
        let beside =
            |place: usize| place.saturating_sub(BESIDE)..(place + BESIDE).min(self.words.len());
        let by_end = self.by_end[beside(place_by_end)].iter().map(|at| &self.words[*at]);
        let candidates = self.words[beside(place)].iter().chain(by_end);
        nearest(&wanted, candidates.map(String::as_str))
    }
}

/// Letters to insert, delete, replace or swap with a neighbour to turn a word into a candidate (optimal
/// string alignment distance); `None` where that is more than is allowed.
fn distance(word: &[char], candidate: &str, allowed: usize) -> Option<usize> {
    let other: Vec<char> = candidate.to_lowercase().chars().collect();
    if word.len().abs_diff(other.len()) > allowed {
        return None;
    }
    let mut before_last = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut least_of_last = 0;
    for i in 1..=word.len() {
        let mut row = vec![i; other.len() + 1];
        for j in 1..=other.len() {
            let replaced = last[j - 1] + usize::from(word[i - 1] != other[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        let least = row.iter().copied().min().unwrap_or_default();
        // A swap takes from two rows above.
        if least.min(least_of_last) > allowed {
            return None;
        }
        least_of_last = least;
        before_last = std::mem::replace(&mut last, row);
    }
    Some(last[other.len()]).filter(|distance| *distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_is_offered_only_when_it_is_near() {
        let candidates = ["velo-collective", "agaric"];
        assert_eq!(nearest("velo-colectiv", candidates), Some("velo-collective"));
        assert_eq!(nearest("agairc", candidates), Some("agaric"));
        assert_eq!(nearest("Agaric", candidates), Some("agaric"));
        assert_eq!(nearest("zebra", candidates), None);
        assert_eq!(nearest("", candidates), None);
    }

    #[test]
    fn among_equally_near_ones_the_first_by_the_alphabet_is_offered() {
        assert_eq!(nearest("bat", ["rat", "cat", "hat"]), Some("cat"));
    }

    #[test]
    fn a_slip_is_found_among_many_words_wherever_it_is() {
        let all: Vec<String> =
            (0..5_000).map(|at| format!("example-{:04}-weavers", at * 7919 % 10_000)).collect();
        let mut all: Vec<&str> = all.iter().map(String::as_str).collect();
        all.extend(["velo-collective", "合作社之家"]);
        let spellings = Spellings::new(all);
        for (wanted, expected) in [
            ("velo-colective", Some("velo-collective")),
            ("evlo-collective", Some("velo-collective")),
            ("Velo-Collectiev", Some("velo-collective")),
            ("velocollective", Some("velo-collective")),
            ("合作社之加", Some("合作社之家")),
            ("quite-another-thing-altogether", None),
        ] {
            assert_eq!(spellings.nearest(wanted), expected, "{wanted}");
        }
    }

    #[test]
    fn few_words_are_all_compared() {
        let words = ["a", "velo-collective", "zebra"];
        assert_eq!(Spellings::new(words).nearest("xelo-collectivx"), Some("velo-collective"));
        assert_eq!(Spellings::new([]).nearest("a"), None);
    }
}
