//! What nobody may say in an edition.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::matcher::{Matcher, Mention};
use super::secret::{self, Form};
use crate::directory::Directory;
use crate::directory::texts::{self, Sort};
use crate::directory::withheld::{Secret, Withheld};

/// What nobody may say in an edition.
pub struct Secrets {
    secrets: Vec<Secret>,
    /// What the admin lets stand, and nobody withholds.
    needless: Vec<String>,
    matcher: Arc<Matcher>,
}

impl Secrets {
    /// What is withheld and shown nowhere by right. By right something is shown where a field of the same
    /// sort holds exactly it: a title where it is a title, an address where it is one. Else whoever withholds
    /// the words of others could have them taken out. Where this is as it was `earlier`, nothing is prepared
    /// anew.
    pub fn new(withheld: &Withheld, published: &Directory, earlier: Option<&Secrets>) -> Secrets {
        let forms = |secret: &Secret| secret::forms(secret.sort, &secret.text);
        let mut wanted: Vec<(&Secret, Vec<Form>)> =
            withheld.secrets.iter().map(|secret| (secret, forms(secret))).collect();
        wanted.retain(|(_, forms)| !forms.is_empty());
        let every = wanted.iter().flat_map(|(_, forms)| forms).collect::<FxHashSet<_>>();
        let is_needless =
            |value: &&String| !secret::any_form(value).iter().any(|form| every.contains(form));
        let needless = published.site.allowed.iter().filter(is_needless).cloned().collect();
        let free = free(&wanted, published);
        let is_free =
            |secret: &Secret, form: &Form| free.contains(&(Class::of(secret.sort), form.clone()));
        wanted.retain(|(secret, forms)| !forms.iter().any(|form| is_free(secret, form)));
        let same = earlier
            .filter(|earlier| earlier.secrets.iter().eq(wanted.iter().map(|(secret, _)| *secret)));
        let secrets = wanted.iter().map(|(secret, _)| (*secret).clone()).collect();
        let matcher = match same {
            Some(earlier) => earlier.matcher.clone(),
            None => {
                let each = wanted.into_iter().enumerate();
                let forms =
                    each.flat_map(|(at, (_, forms))| forms.into_iter().map(move |it| (at, it)));
                Arc::new(Matcher::new(forms))
            }
        };
        Secrets { secrets, needless, matcher }
    }

    /// Every secret, by its number.
    pub fn list(&self) -> &[Secret] {
        &self.secrets
    }

    /// What an admin lets stand although nobody withholds it.
    pub fn needless(&self) -> &[String] {
        &self.needless
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.matcher.is_empty()
    }

    /// Whether these are the same as others, in the same order.
    pub fn is_like(&self, others: &Secrets) -> bool {
        Arc::ptr_eq(&self.matcher, &others.matcher)
    }

    /// A quick look for them in a text, which most texts do not pass.
    pub fn could_be_in(&self, text: &str) -> bool {
        self.matcher.could_be_in(text)
    }

    /// Every mention of one of them in a text, as the matcher finds them.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.matcher.find(text)
    }
}

/// Texts of one sort, as far as the right to show them goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Class {
    Title,
    Summary,
    Address,
    Words,
}

impl Class {
    fn of(sort: Sort) -> Class {
        match sort {
            Sort::Title => Class::Title,
            Sort::Summary => Class::Summary,
            Sort::Contact(_) | Sort::Url => Class::Address,
            Sort::Words => Class::Words,
        }
    }
}

/// Which of these an edition shows by right, or its admin allows.
fn free(wanted: &[(&Secret, Vec<Form>)], published: &Directory) -> FxHashSet<(Class, Form)> {
    let of_secret = |(secret, forms): &(&Secret, Vec<Form>)| {
        let class = Class::of(secret.sort);
        forms.iter().map(|form| (class, form.clone())).collect::<Vec<_>>()
    };
    let wanted: FxHashSet<(Class, Form)> = wanted.iter().flat_map(of_secret).collect();
    let has = |class: Class| wanted.iter().any(|(wanted, _)| *wanted == class);
    let (words, addresses) = (has(Class::Title) || has(Class::Summary), has(Class::Address));
    let mut free = FxHashSet::default();
    let mut show = |sort: Sort, text: &str| {
        let class = Class::of(sort);
        let is_words = matches!(class, Class::Title | Class::Summary);
        if (is_words && words) || (class == Class::Address && addresses) {
            let shown = secret::forms(sort, text).into_iter().map(|form| (class, form));
            free.extend(shown.filter(|it| wanted.contains(it)));
        }
    };
    texts::of_settings(&published.site).into_iter().for_each(|(sort, text)| show(sort, text));
    if words || addresses {
        for id in published.ids() {
            texts::of_entry(published, id).iter().for_each(|it| show(it.sort, &it.text));
        }
    }
    for topic in &published.topics.list {
        for label in topic.labels.values() {
            show(Sort::Title, label);
            show(Sort::Summary, label);
        }
    }
    for value in &published.site.allowed {
        let every = [Class::Title, Class::Summary, Class::Address];
        let forms = secret::any_form(value).into_iter();
        free.extend(forms.flat_map(|form| every.map(|class| (class, form.clone()))));
    }
    free
}
