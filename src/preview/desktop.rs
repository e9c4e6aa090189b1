//! The browser of whoever sits at this machine.

use std::env::var_os;

/// Whether somebody sits here: not over SSH, not where programs test programs, and on Linux in front of a screen.
pub fn is_there() -> bool {
    let set = |name| var_os(name).is_some_and(|value| !value.is_empty());
    let has_screen =
        cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY");
    has_screen && !set("SSH_CONNECTION") && !set("CI")
}

/// Opens a page; where that fails, its address stands in the terminal anyway.
pub fn open(url: &str) {
    if let Err(cause) = open::that_detached(url) {
        tracing::debug!(%cause, "no browser could be opened");
    }
}
