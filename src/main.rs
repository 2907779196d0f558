//! The command line; everything is in the library.

use std::process::ExitCode;

/// A build asks for memory many millions of times, from all cores at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ayni::cli::run()
}
