//! How a site is published.

use super::LinkStyle;
use crate::content::values::Url;
use crate::directory::edition::Edition;

/// How a site is published.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it is published.
    pub base_url: Option<Url>,
    /// The address in the ids of its feeds and calendars.
    pub base_id: Option<Url>,
    /// How its links are written.
    pub style: LinkStyle,
    /// For whom it is.
    pub edition: Edition,
}

/// Where a site is published, and the address in the ids of what others read of it.
#[derive(Clone, Copy)]
pub struct Base<'a> {
    /// Where it is published.
    pub url: &'a Url,
    /// The address in ids.
    pub ids: &'a Url,
}

impl Settings {
    /// Its base, where it has one.
    pub fn base(&self) -> Option<Base<'_>> {
        let url = self.base_url.as_ref()?;
        Some(Base { url, ids: self.base_id.as_ref().unwrap_or(url) })
    }
}
