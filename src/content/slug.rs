//! The name of an entry in addresses, and names joined of several.

use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::file_names::{self, LONGEST_ID, LONGEST_PAGE};
use super::values::Complaint;
use crate::characters::composed;
use crate::diagnostic::Code;

/// The name of an entry in addresses: lower-case letters and digits of any script, with single
/// hyphens between them, in NFC, and no longer than a disk takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Slug {
    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A text that is a slug already, but for how its letters are composed.
    pub fn parse(text: &str) -> Result<Self, Complaint> {
        let normal = composed(text);
        let slug = slugify(&normal);
        if slug.len() > LONGEST_ID {
            return Err(too_long(slug.len(), LONGEST_ID, file_names::cut(&slug, LONGEST_ID)));
        }
        if !normal.is_empty() && normal == slug {
            return Ok(Slug(slug.into()));
        }
        let hint = match slug.is_empty() {
            true => "use letters, digits and single hyphens".to_owned(),
            false => format!("call it `{slug}`"),
        };
        let what = "which cannot stand in an address: only lower-case letters, digits and single \
                    hyphens can";
        Err(Complaint::new(Code::BadId, what, hint))
    }

    /// The name of a match: `NEED--OFFER`, shortened where that is too long.
    pub fn pair(need: &Slug, offer: &Slug) -> Self {
        Slug::joined(&[need, offer])
    }

    /// The name of several together: with two hyphens between them, of which no id has any. Where that
    /// is too long for a disk, each is cut, and three hyphens and a mark of the whole name follow.
    pub fn joined(slugs: &[&Slug]) -> Self {
        let whole = slugs.iter().map(|slug| slug.as_str()).collect::<Vec<_>>().join("--");
        if whole.len() <= LONGEST_ID {
            return Slug(whole.into());
        }
        let parts: Vec<&str> = slugs.iter().map(|slug| slug.part_of(slugs.len())).collect();
        Slug(format!("{}---{}", parts.join("--"), mark(&whole)).into())
    }

    /// How it stands in the shortened name of so many.
    pub fn part_of(&self, count: usize) -> &str {
        let between = 2 * count.saturating_sub(1);
        let room = LONGEST_ID.saturating_sub(between + "---".len() + MARK_LENGTH);
        file_names::cut(&self.0, room / count.max(1))
    }

    /// Reads the name of a match; `None` where it is not of the form `NEED--OFFER`.
    pub fn parse_pair(text: &str) -> Result<Option<Self>, Complaint> {
        let text = composed(text);
        let (names, mark) = match text.split_once("---") {
            Some((names, mark)) => (names, Some(mark)),
            None => (&*text, None),
        };
        let Some((need, offer)) = names.split_once("--") else { return Ok(None) };
        let pair = Slug::pair(&Slug::parse(need)?, &Slug::parse(offer)?);
        match mark {
            None if pair.as_str() == names => Ok(Some(pair)),
            None => Err(too_long(names.len(), LONGEST_ID, pair.as_str())),
            Some(mark) if text.len() <= LONGEST_ID && is_mark(mark) => Ok(Some(Slug(text.into()))),
            Some(_) => Ok(None),
        }
    }

    /// Reads a path of slugs, as wiki pages have.
    pub fn parse_path(text: &str) -> Result<Self, Complaint> {
        for segment in text.split('/') {
            Slug::parse(segment)?;
        }
        let path = composed(text);
        match path.len() <= LONGEST_PAGE {
            true => Ok(Slug(path.into())),
            false => {
                let hint = "use shorter names, or fewer folders within each other";
                Err(Complaint { hint: Some(hint.into()), ..too_long(path.len(), LONGEST_PAGE, "") })
            }
        }
    }
}

fn too_long(bytes: usize, most: usize, shorter: &str) -> Complaint {
    let what =
        format!("which is too long for the name of a file: it takes {bytes} bytes, and {most} fit");
    let hint = format!(
        "call it `{shorter}`; a letter takes one byte in Latin script, two in Cyrillic or Arabic, \
         three in most others"
    );
    Complaint::new(Code::BadId, what, hint)
}

/// How many letters tell shortened names apart.
const MARK_LENGTH: usize = 10;

/// Letters and digits that can hardly be taken for each other, by five bits.
const MARK_LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Letters that follow from all of a text, and from nothing else.
fn mark(text: &str) -> String {
    let hash = blake3::hash(text.as_bytes());
    let letters = hash.as_bytes().iter().take(MARK_LENGTH);
    letters.map(|byte| char::from(MARK_LETTERS[usize::from(byte & 31)])).collect()
}

fn is_mark(text: &str) -> bool {
    text.len() == MARK_LENGTH && text.bytes().all(|byte| MARK_LETTERS.contains(&byte))
}

/// Turns any text into a slug, however long; empty when no letter or digit is in it.
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in in_small_letters(text).chars() {
        if letter.is_alphanumeric() || unicode_normalization::char::is_combining_mark(letter) {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    composed(&slug).into_owned()
}

/// A text in small letters, as ids are compared. The dot of the Turkish İ is that of every i.
pub fn in_small_letters(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut small = String::with_capacity(text.len());
    for letter in text.nfc().flat_map(char::to_lowercase) {
        if letter != '\u{307}' || !small.ends_with('i') {
            small.push(letter);
        }
    }
    composed(&small).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_lower_case_in_any_script() {
        for good in ["agaric", "coop-2", "пример", "تعاونية", "合作社", "सहकारी"]
        {
            assert_eq!(Slug::parse(good).expect(good).as_str(), good);
        }
        for bad in ["", "Agaric", "a--b", "-a", "a-", "a b", "a/b", "a.b", "é\u{301}!"] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Slug::parse("cafe\u{301}").expect("NFD").as_str(), "café");
        assert_eq!(slugify("Señoritas  Courier!"), "señoritas-courier");
        assert_eq!(slugify("İstanbul"), "istanbul");
        assert_eq!(slugify("I\u{307}zmir"), "izmir");
    }

    #[test]
    fn ids_are_as_long_as_a_disk_takes_and_no_longer() {
        for letter in ["a", "п", "ت", "स", "合", "ก", "አ"] {
            let longest = letter.repeat(LONGEST_ID / letter.len());
            assert_eq!(Slug::parse(&longest).expect("it fits").as_str(), longest);
            let longer = longest.clone() + letter;
            let complaint = Slug::parse(&longer).unwrap_err();
            let hint = complaint.hint.unwrap_or_default();
            assert_eq!(complaint.code, Code::BadId);
            assert!(hint.starts_with(&format!("call it `{longest}`; ")), "{hint}");
        }
        let path = |count: usize| vec!["ab"; count].join("/");
        assert!(Slug::parse_path(&path(171)).is_ok(), "{}", path(171).len());
        assert!(Slug::parse_path(&path(172)).is_err());
    }

    #[test]
    fn a_joined_name_fits_and_says_all_of_its_parts() {
        let slug = |text: &str| Slug::parse(text).expect("a slug");
        let long = |letter: &str| slug(&letter.repeat(LONGEST_ID / letter.len()));
        assert_eq!(Slug::pair(&slug("wheat"), &slug("tractor")).as_str(), "wheat--tractor");
        let (need, offer) = (long("स"), long("ক"));
        let pair = Slug::pair(&need, &offer);
        assert!(pair.as_str().len() <= LONGEST_ID, "{pair}");
        assert!(pair.as_str().starts_with(need.part_of(2)), "{pair}");
        assert_eq!(Slug::parse_pair(pair.as_str()), Ok(Some(pair.clone())));
        let other = slug(&format!("{}a", &need.as_str()[..LONGEST_ID - 3]));
        assert_ne!(Slug::pair(&other, &offer), pair);
        assert_eq!(other.part_of(2), need.part_of(2), "only the mark tells them apart");
        let ring = Slug::joined(&[&need, &offer, &other, &need]);
        assert!(ring.as_str().len() <= LONGEST_ID, "{ring}");
        let whole = format!("{need}--{offer}");
        let complaint = Slug::parse_pair(&whole).unwrap_err();
        assert!(complaint.hint.unwrap_or_default().starts_with(&format!("call it `{pair}`; ")));
        for other in ["wheat", "a---b", "a--b---c", "a--b---abcdefghil", "a--b--c"] {
            assert!(!matches!(Slug::parse_pair(other), Ok(Some(_))), "{other}");
        }
    }
}
