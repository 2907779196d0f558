//! What one run of the stages keeps for the next. `serve` runs them after every change: what takes long is
//! taken over where it follows from the same. The result is the same without it.
//!
//! | kept | as long as these are the same | where |
//! |---|---|---|
//! | a record | the text of its file | `content/mod.rs` |
//! | the theme | its files, the languages of the site | `lib.rs` |
//! | tables of labels | the vocabulary | `derived/kept.rs` |
//! | profiles | the vocabulary, needs and offers | `derived/kept.rs` |
//! | matches | profiles, settings, calls, decisions, coops but for their texts, the day | `derived/kept.rs` |
//! | mentions in an entry or a file | what is withheld, what it shows | `mentions/mod.rs` |
//!
//! Records and mentions are many, and each is taken over for itself; the others are one [`Kept`] each. A
//! stage gets what it may take over in an argument called `earlier`.

use std::sync::{Arc, OnceLock};

/// Something that takes long to make. It is made when it is first asked for, and a later run can have it.
pub(crate) struct Kept<T>(OnceLock<Arc<T>>);

impl<T> Kept<T> {
    /// It, made now if nobody has asked before.
    pub(crate) fn get_or_make(&self, make: impl FnOnce() -> T) -> &Arc<T> {
        self.0.get_or_init(|| Arc::new(make()))
    }

    /// It, if somebody has asked.
    pub(crate) fn made(&self) -> Option<&Arc<T>> {
        self.0.get()
    }

    /// What a later run has of it: all, where it follows from the same.
    pub(crate) fn taken_over(&self, is_same: bool) -> Kept<T> {
        if is_same { Kept(self.0.clone()) } else { Kept::default() }
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Kept(OnceLock::new())
    }
}
