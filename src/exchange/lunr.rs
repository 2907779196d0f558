//! An index as elasticlunr and other tools of the lunr family read it: one JSON file a language, which whoever
//! searches has to load as a whole.

use elasticlunr::{Index, lang};

use crate::search::{Document, File};

/// Its name in the folder of a language's index.
pub const NAME: &str = "lunr.json";

/// Larger files are worth a warning, in bytes when compressed: on a 2G line this takes half a minute.
pub const LARGE: usize = 1_000_000;

/// The index of all documents by their paths, with the fields `title`, `summary` and `text`.
pub fn file(documents: &[Document<'_>], language: &str) -> File {
    // Languages that it does not know are cut into words and not stemmed as English.
    let language = lang::from_code(language).unwrap_or_else(|| Box::new(lang::English::default()));
    let mut index = Index::with_language(language, &["title", "summary", "text"]);
    for document in documents {
        let Document { path, title, summary, text, also, .. } = document;
        index.add_doc(path, [title.as_str(), summary, &format!("{text} {also}")]);
    }
    File { name: NAME.to_owned(), bytes: index.to_json().into_bytes().into() }
}

/// How many bytes an index has when it is compressed.
pub fn compressed(index: &[u8]) -> usize {
    miniz_oxide::deflate::compress_to_vec(index, 6).len()
}
