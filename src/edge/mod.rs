//! The world: the only folder that reads or writes anything outside the program.

pub(crate) mod clock;
pub(crate) mod home;

mod root;

pub mod disk;
pub(crate) mod together;

mod manifest;
pub mod target;
pub mod writer;

pub(crate) mod inputs;
pub(crate) mod told;
pub(crate) mod tracked;

pub(crate) mod browser;
pub(crate) mod editor;
pub(crate) mod server;
pub(crate) mod watch;
