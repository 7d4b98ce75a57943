//! What goes wrong, in words for the person at the terminal.

use regularization_playground::error::Error;

/// An answer, or what went wrong.
pub type Result<T> = std::result::Result<T, String>;

/// An error of the library, one sentence a line.
pub fn said(error: Error) -> String {
    error.to_string().replace("; ", "\n       ")
}
