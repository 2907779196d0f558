//! Which day it is, asked once.

#![expect(clippy::disallowed_methods, reason = "the only place that asks the clock")]

use std::env;

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day for which to build: `SOURCE_DATE_EPOCH` where a reproducible build sets it, else today
/// (UTC).
///
/// # Errors
/// When `SOURCE_DATE_EPOCH` is not a number of seconds.
pub(crate) fn today() -> Result<Date> {
    let now = match env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => seconds
            .parse()
            .ok()
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .with_context(|| {
                format!("SOURCE_DATE_EPOCH is `{seconds}`, which is not a number of seconds")
            })?,
        Err(_) => Timestamp::now(),
    };
    Ok(now.to_zoned(TimeZone::UTC).date())
}
