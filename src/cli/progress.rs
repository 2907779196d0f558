//! A progress bar for long work, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Work whose progress is shown.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Begins to show the progress of `total` pieces of work. Nothing is drawn where stderr is not
    /// a terminal.
    pub(super) fn new(what: &str, total: usize) -> Progress {
        let bar = ProgressBar::new(total as u64);
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress { bar }
    }

    /// Says how much is done.
    pub(super) fn set(&self, done: usize) {
        self.bar.set_position(done as u64);
    }

    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }
}
