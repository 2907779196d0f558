//! Words of a language: how text is cut into them, which of them are forms of one, and which say nothing.
//! Search, matching and pads mean the same by a word.

mod stems;
pub(crate) mod stop_words;
mod tokenizer;

pub(crate) use stems::Stems;
pub(crate) use tokenizer::{Tokenizer, ascii_digit, is_unspaced};
