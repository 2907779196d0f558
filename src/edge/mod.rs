//! The world: the only folder that reads or writes anything outside the program.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is the folder where they belong"
)]

pub mod clock;

pub mod disk;

mod manifest;
pub mod writer;

pub mod inputs;

pub mod browser;
pub mod server;
pub mod watch;
