//! Former ids of topics, and whose each is.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::fields::Placed;
use crate::content::record;
use crate::content::values::Slug;
use crate::diagnostic::{Code, Diagnostic};

/// The former ids that topics claim.
#[derive(Default)]
pub(super) struct Aliases(BTreeMap<Slug, Slug>);

impl Aliases {
    /// Whose former id it is.
    pub(super) fn owner(&self, alias: &Slug) -> Option<&Slug> {
        self.0.get(alias)
    }

    /// Takes what a topic claims, but for what is an id, or a former id of a topic before; says so.
    pub(super) fn take(
        &mut self,
        owner: &Slug,
        claimed: Vec<Placed<Slug>>,
        is_id: impl Fn(&Slug) -> bool,
        file: &Arc<str>,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Slug> {
        let mut taken = Vec::new();
        for Placed { value: alias, span } in claimed {
            let other = if is_id(&alias) { Some(&alias) } else { self.0.get(&alias) };
            if let Some(other) = other {
                let message = format!(
                    "topic `{owner}` has the alias `{alias}`, which is taken by the topic `{other}`"
                );
                let place = record::place(file, span);
                problems.push(
                    Diagnostic::new(Code::IdClash, place, message).hint("remove the alias here"),
                );
                continue;
            }
            self.0.insert(alias.clone(), owner.clone());
            taken.push(alias);
        }
        taken
    }
}
