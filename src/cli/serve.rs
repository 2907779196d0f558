//! `ayni serve`: shows the site on this machine while it is edited.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock, mpsc};
use std::time::Duration;

use anyhow::Result;
use clap::Args;

use super::context::{Context, Outcome, SiteArguments};
use super::report;
use super::terminal::{self, say};
use crate::edge::server::{self, Port, Response};
use crate::edge::{disk, watch};
use crate::publish::{self, Content};
use crate::{Options, Prepared};

#[derive(Args)]
pub(super) struct Arguments {
    /// The port to listen on; without it 4300 or the next that is free
    #[arg(long, value_name = "N", value_parser = super::context::number::<u16>, allow_negative_numbers = true)]
    port: Option<u16>,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    site: SiteArguments,
}

/// How long a file must be left alone before a change counts.
const DEBOUNCE: Duration = Duration::from_millis(30);

/// Serves until the program is stopped.
pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<Outcome> {
    let options = arguments.site.options(context)?;
    let (changes, changed) = mpsc::channel();
    let watched = ["content", "themes", "site.yaml"].map(|name| context.site.join(name));
    let ignored = [context.site.join("public")];
    // Watched before it is read, so that no change is missed between the two.
    let _watcher = watch::watch(&watched, &ignored, DEBOUNCE, move |event| {
        // The receiver lives as long as the program.
        let _ = changes.send(event);
    })?;
    let live = Arc::new(Live::start(&context.site, options)?);
    let port = arguments.port.map_or(Port::From(4300), Port::Exactly);
    let answering = live.clone();
    let server = server::start(port, move |path| answering.answer(path))?;
    report::problems(&live.now());
    let folder = disk::real(&context.site)?;
    say!("{} is at {} (stop with Ctrl-C)", folder.display(), server.url());
    if arguments.open {
        crate::edge::browser::open(&server.url())?;
    }
    while let Ok(event) = changed.recv() {
        let paths = match event {
            watch::Event::Changed(paths) => paths,
            watch::Event::Polling(why) => {
                say!("{}", why);
                Vec::new()
            }
        };
        match live.refresh(&paths) {
            Ok(()) => {
                // Browsers ask for the page while what is wrong is still looked for.
                server.reload(&live.revision().to_string());
                let now = live.now();
                report::problems(&now);
                if disk::has_content(&context.site).is_ok_and(|is_there| !is_there) {
                    say!("the folder content/ is not there; no entry is shown until it is back");
                }
                say!("read again: {}", report::summary(now.problems()));
            }
            Err(error) => report::error(&error),
        }
    }
    Ok(Outcome::Fine)
}

/// The site as it is now, and how to make it again.
pub(super) struct Live {
    folder: PathBuf,
    options: Options,
    now: RwLock<Arc<Prepared>>,
    /// How often the site was read again.
    revision: AtomicU32,
}

impl Live {
    /// Reads a site for the first time.
    pub(super) fn start(folder: &Path, options: Options) -> Result<Live> {
        let sources = disk::read(folder, None)?;
        let now = RwLock::new(Arc::new(crate::prepare(sources, &options, None)));
        Ok(Live { folder: folder.to_owned(), options, now, revision: AtomicU32::new(0) })
    }

    /// The site as it was last read.
    pub(super) fn now(&self) -> Arc<Prepared> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How often the site was read again. A page made before that is out of date.
    pub(super) fn revision(&self) -> u32 {
        self.revision.load(Ordering::SeqCst)
    }

    /// Reads again what has changed.
    pub(super) fn refresh(&self, changed: &[PathBuf]) -> Result<()> {
        let earlier = self.now();
        let sources = disk::read_again(&self.folder, &earlier.sources, changed)?;
        let next = Arc::new(crate::prepare(sources, &self.options, Some(&earlier)));
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = next;
        self.revision.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    /// Renders what is at a path, with the script that keeps it fresh.
    pub(super) fn answer(&self, path: &str) -> Option<Response> {
        let revision = self.revision();
        let now = self.now();
        match path {
            ".ayni/live.js" => {
                return Some(text("text/javascript; charset=utf-8", LIVE.to_owned()));
            }
            ".ayni/problems" => {
                let problems = report::text(&now.sources, now.problems(), false).into_text();
                return Some(text("text/plain; charset=utf-8", problems));
            }
            _ => {}
        }
        let planned = now.plan.find(path)?;
        let content = publish::render(&now.plan, &planned);
        let body = match content {
            Ok(Content::Bytes(bytes)) => Ok(bytes),
            Ok(Content::File(source)) => disk::read_file(&self.folder, &source),
            Ok(Content::Attachment(source)) => super::context::attachment(&self.folder, &source),
            Err(error) => Err(error),
        };
        let content_type = media_type(&planned.path.file());
        match body {
            Ok(body) if content_type.starts_with("text/html") => {
                Some(Response { status: 200, content_type, body: with_script(body, revision) })
            }
            Ok(body) => Some(Response { status: 200, content_type, body }),
            Err(error) => {
                let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
                let page = terminal::lines(&format!("{}\n", causes.join(":\n  "))).into_text();
                Some(Response { status: 500, ..text("text/plain; charset=utf-8", page) })
            }
        }
    }
}

const LIVE: &str = include_str!("live.js");

fn text(content_type: &'static str, body: String) -> Response {
    Response { status: 200, content_type, body: body.into_bytes() }
}

fn with_script(mut html: Vec<u8>, revision: u32) -> Vec<u8> {
    let end = b"</body>";
    let at = html.windows(end.len()).rposition(|window| window == end).unwrap_or(html.len());
    let script =
        format!("<script src=\"/.ayni/live.js\" data-revision=\"{revision}\" defer></script>");
    html.splice(at..at, script.into_bytes());
    html
}

/// The media type of a file by its name.
fn media_type(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "atom" => "application/atom+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
