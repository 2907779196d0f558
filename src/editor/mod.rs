//! What editors ask while somebody writes: what can stand here, what is this, where is it, what would mend it.
//!
//! Pure: a text that may not be saved yet, a position in it, and the site as it was last read.

mod completion;
mod document;
mod flow;
mod meaning;
mod names;
mod positions;
mod remedies;
mod spot;

pub(crate) use completion::{Kind, Suggestion};
pub(crate) use document::Document;
pub(crate) use names::Called;
pub(crate) use positions::{Encoding, Positions};
pub(crate) use remedies::Mending;
