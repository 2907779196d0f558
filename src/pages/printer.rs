//! Prints pages: views into templates. What the pages of a language have in common is made once.
//!
//! Pages are made with a mark for the way to the root of the site, which is put in at the end: so links, cards and the foot
//! are the same on every page, however deep it lies.

use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result};
use tera::Value;

use super::orders::Orders;
use super::parts::chrome::named_links;
use super::pieces::{Pieces, ROOT, fill};
use super::theme::{Shared, Theme};
use super::viewer::{OfSite, Viewer};
use super::views::{self, Page, Show};
use crate::addresses::{LinksFrom, SitePath};
use crate::directory::Directory;
use crate::directory::site_language::{PerLanguage, SiteLanguage};

/// Prints the pages of a site.
pub(crate) struct Printer {
    theme: Arc<Theme>,
    languages: PerLanguage<OfLanguage>,
}

/// What is made once for a language, when a page first needs it.
struct OfLanguage {
    shared: OnceLock<Shared>,
    pieces: Pieces,
    orders: Orders,
}

impl Printer {
    /// A printer that has not printed anything yet.
    pub(crate) fn new(theme: Arc<Theme>, directory: &Directory) -> Printer {
        let languages = PerLanguage::new(&directory.site.languages, |_| OfLanguage {
            shared: OnceLock::new(),
            pieces: Pieces::new(theme.clone(), directory),
            orders: Orders::default(),
        });
        Printer { theme, languages }
    }

    /// The theme that it prints with.
    pub(crate) fn theme(&self) -> &Arc<Theme> {
        &self.theme
    }

    /// One page as HTML.
    ///
    /// # Errors
    /// When a template of the theme asks for what its view does not have.
    pub(crate) fn print(
        &self,
        site: OfSite<'_>,
        language: SiteLanguage,
        path: &SitePath,
        page: &Page,
    ) -> Result<String> {
        let viewer = Viewer::new(site, language, path, ROOT);
        let html = self.with_marks(&viewer, page);
        let html = html.with_context(|| format!("making /{}", path.as_str()))?;
        let (base_url, style) = (site.settings.base_url.as_ref(), site.settings.style);
        let links = match page {
            Page::NotFound => LinksFrom::anywhere(base_url, style),
            _ => LinksFrom::page(path, style),
        };
        let mut printed = String::with_capacity(html.len() + html.len() / 8);
        fill(&mut printed, &html, ROOT, links.root());
        Ok(printed)
    }

    /// A page with a mark for each way to the root of the site.
    fn with_marks(&self, viewer: &Viewer<'_>, page: &Page) -> Result<String> {
        let OfLanguage { pieces, orders, .. } = &self.languages[viewer.site_language];
        let (theme, shared) = (&*self.theme, self.shared(viewer)?);
        Show { viewer, pieces, orders, theme, shared }.page(page)
    }

    /// What pages of the viewer's language have in common.
    fn shared(&self, viewer: &Viewer<'_>) -> Result<&Shared> {
        let shared = &self.languages[viewer.site_language].shared;
        if let Some(made) = shared.get() {
            return Ok(made);
        }
        let links = Value::from_serializable(&named_links(viewer, &self.theme));
        let bare = Shared { links, footer: Value::from("") };
        let view = views::footer(viewer);
        let footer = self.theme.render(viewer.site_language, "footer.html", &view, &bare)?;
        Ok(shared.get_or_init(|| Shared { footer: Value::from(footer), ..bare }))
    }
}
