//! The fields that people can write: one table for each mapping, with the name, the shape and the purpose of each.
//!
//! Reading takes from a table which names there are and which must be there. Advice, the templates of `ayni new` and the
//! tables of the handbook's page of fields are made of it.

mod braces;
mod calls;
mod entries;
mod field;
#[cfg(test)]
mod handbook;
pub(crate) mod json;
pub(crate) mod names;
mod own_words;
mod parts;
mod settings;
mod vocabulary;

pub(crate) use braces::in_line;
pub(crate) use entries::{of_kind, translation};
pub(crate) use field::{Field, Meant, Shape, Table, words};
pub(crate) use own_words::{Own, two_numbers};
pub(crate) use settings::SITE;
pub(crate) use vocabulary::TOPIC;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::characters::letters;
    use crate::content::record::EntryKind;

    /// Every table, those within others too.
    fn tables() -> Vec<&'static Table> {
        let kinds = EntryKind::ALL.into_iter();
        let mut tables: Vec<&Table> = kinds.map(of_kind).chain([&SITE, &TOPIC]).collect();
        let mut at = 0;
        while let Some(table) = tables.get(at) {
            tables.extend(table.fields().filter_map(|field| field.shape.table()));
            at += 1;
        }
        tables
    }

    #[test]
    fn every_name_is_there_once_and_written_as_it_is_compared() {
        for table in tables() {
            let mut fields = BTreeSet::new();
            for field in table.fields() {
                assert!(fields.insert(field.name), "`{}` is there twice", field.name);
                let recast = field.recast.iter().map(|(_, names)| *names);
                let mut others = BTreeSet::new();
                for name in [field.called].into_iter().chain(recast).flat_map(str::split_whitespace)
                {
                    assert_eq!(name, letters(name), "of `{}`", field.name);
                    assert!(others.insert(name), "`{name}` is there twice for `{}`", field.name);
                }
            }
        }
    }

    #[test]
    fn names_with_accents_and_signs_are_the_same_names() {
        for (name, expected) in [
            ("Título", "titulo"),
            ("featured_image", "featuredimage"),
            ("featureImageCaption", "featureimagecaption"),
            ("Schlagwörter", "schlagworter"),
            ("mots-clés", "motscles"),
            ("País ", "pais"),
        ] {
            assert_eq!(letters(name), expected);
        }
    }
}
