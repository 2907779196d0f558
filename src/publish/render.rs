//! The bytes of one page or file.

use std::sync::Arc;

use anyhow::{Context, Result};

use super::output::{File, Output, Planned};
use super::site_plan::SitePlan;
use super::sitemap;
use crate::content::attachment;
use crate::directory::site::Brand;
use crate::pages::OfSite;

/// What a page or file holds.
#[derive(Debug)]
pub enum Content {
    /// A page, or what is made of many entries.
    Bytes(Vec<u8>),
    /// The bytes of a file of the site, by its path.
    File(Arc<str>),
    /// What [`attachment::published`] gives of a file of the site, by its path.
    Attachment(Arc<str>),
}

/// The bytes of one page or file; a pure function of the plan.
///
/// # Errors
/// When a template of the theme asks for what its view does not have.
pub fn render(plan: &SitePlan, planned: &Planned) -> Result<Content> {
    let (derived, settings) = (&*plan.derived, &plan.settings);
    match &planned.output {
        Output::Page(page) => {
            let site = OfSite { derived, settings, interfaces: plan.interfaces() };
            let html = plan.printer.print(site, planned.language, &planned.path, page)?;
            Ok(Content::Bytes(html.into_bytes()))
        }
        Output::File(file) => of_file(plan, planned, file),
    }
}

fn of_file(plan: &SitePlan, planned: &Planned, file: &File) -> Result<Content> {
    let settings = &plan.settings;
    let bytes = match file {
        File::Export(export) => export.write(plan.wording(planned.language), settings)?,
        File::Sitemap(part) => {
            let base = settings.base_url.as_ref();
            let base = base.context("a sitemap was planned without a base URL")?;
            sitemap::sitemap(base, plan.listed(), *part).into_bytes()
        }
        File::Robots => sitemap::robots(settings.edition, settings.base_url.as_ref()).into_bytes(),
        File::Brand => brand(&plan.derived.directory.site.brand).into_bytes(),
        File::Theme(path) => {
            let bytes = plan.theme().files.bytes(path);
            bytes.context("a theme file was planned that does not exist")?.to_vec()
        }
        File::Search => {
            let bytes = plan.search().get(&planned.path);
            bytes.context("a file of the index was planned that does not exist")?.to_vec()
        }
        File::Copy(source) => return Ok(copy(plan, source)),
    };
    Ok(Content::Bytes(bytes))
}

/// A file of the site itself.
fn copy(plan: &SitePlan, source: &Arc<str>) -> Content {
    let asset = plan.derived.directory.assets.get(source);
    let file = asset.map_or_else(|| source.clone(), |asset| asset.file.clone());
    match attachment::is_beside_entries(source) && attachment::is_looked_into(source) {
        true => Content::Attachment(file),
        false => Content::File(file),
    }
}

/// The site's own colours and fonts.
fn brand(brand: &Brand) -> String {
    let values = brand.colours.iter().chain(&brand.fonts);
    let lines: Vec<String> =
        values.map(|(name, value)| format!("  --{name}: {value};\n")).collect();
    if lines.is_empty() { String::new() } else { format!(":root {{\n{}}}\n", lines.concat()) }
}
