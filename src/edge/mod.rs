//! The world: the only folder that reads or writes anything outside the program.

pub mod clock;
pub mod home;

pub mod root;

pub mod disk;
pub mod together;

mod manifest;
pub mod target;
pub mod writer;

pub mod inputs;
pub mod told;
pub mod tracked;

pub mod browser;
pub mod server;
pub mod watch;
