//! The note-taker's pad: Markdown that is written in a hurry, read back into the file of a call.
//!
//! A pad has headings for the three rounds and for what follows them, in any order and in any language
//! of [`words`]. Below the round's heading, a line names its coop (`- Agaric: hands for the harvest`), or
//! lines stand below a line or a heading that is a coop's name. It may as well be written by coop, with
//! the rounds below each.
//!
//! ```text
//! text ─ reading ─▶ lines ─ understanding ─▶ what was said, and questions ─ merging ─▶ files
//! ```
//!
//! Nothing is guessed: what does not say plainly whose it is, or what, becomes a [`Question`] with its
//! line. [`understand`] is a pure function of the pad and the [`Answers`] so far; it is called again with
//! each answer, until nothing is left to ask. Nothing is lost: what nobody can place is left over, word for
//! word, and kept where it is not published.

pub mod coops;
pub(crate) mod words;

mod alike;
mod answered;
mod asked;
mod closing;
mod corrections;
mod days;
mod doing;
mod doubled;
mod earlier;
mod entries;
mod facts;
mod introducing;
mod languages;
mod lines;
mod merging;
mod naming;
mod outcomes;
mod paraphrase;
mod parts;
mod questions;
mod recording;
mod retaken;
mod rows;
mod said;
mod scopes;
mod sections;
mod tables;
mod telling;
mod trees;
mod understanding;

pub use answered::{
    Answered, as_written, joined, joined_unwritten, read as read_answers, taken_back,
    without as without_answers, write as write_answers,
};
pub use asked::{Open, Question};
pub use doubled::Doubled;
pub use facts::{Fact, Recorded, What, missing, of_call, open_actions, replaced, said, staying};
pub use merging::{CallFile, Merged, left_over, merge, path};
pub use recording::{NewEntry, RecordedAction, RecordedTurn, Recording};
pub use retaken::corrected;
pub use sections::{Excerpt, Section};
pub use telling::{Titles, told};
pub use understanding::{Answers, Subject, understand};
