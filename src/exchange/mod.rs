//! Other formats, one file each.

pub mod atom;
pub mod icalendar;
