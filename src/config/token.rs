//! The bot's token: where it comes from, and a text that never prints.

use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The environment variable that holds the token where no file does.
pub const TOKEN_VARIABLE: &str = "DISCORD_TOKEN";
/// Far more than any token has: a wrong path may name a huge file or a device.
const TOKEN_FILE_BYTES: u64 = 4096;

/// A text that never prints.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one request that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Where the token comes from. A file wins over the environment variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// Nowhere.
    Missing,
    /// The environment variable [`TOKEN_VARIABLE`].
    Variable(Secret),
    /// A file that holds nothing else.
    File(PathBuf),
}

impl fmt::Display for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("nowhere"),
            Self::Variable(_) => f.write_str(TOKEN_VARIABLE),
            Self::File(path) => write!(f, "the file {}", path.display()),
        }
    }
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// None is configured.
    #[error(
        "no Discord token: set {TOKEN_VARIABLE}, or name a file that holds it with `token_file` under [discord] \
         (or WAYMARK_DISCORD__TOKEN_FILE)"
    )]
    Missing,
    /// The file cannot be read.
    #[error("cannot read the token file {}: {cause}; check `discord.token_file`", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// There is nothing in it.
    #[error("the token in {0} is empty: copy it from the developer portal (Bot, Reset Token)")]
    Empty(TokenSource),
    /// What is there cannot be a token.
    #[error(
        "{0} does not hold a token: it must hold the token alone, on one line, and nothing else"
    )]
    Malformed(TokenSource),
}

impl TokenSource {
    /// Reads the token. Space and newlines around it do not count.
    ///
    /// # Errors
    /// There is none, or what is there cannot be one.
    pub fn read(&self) -> Result<Secret, TokenError> {
        let text = match self {
            Self::Missing => return Err(TokenError::Missing),
            Self::Variable(secret) => secret.expose().to_owned(),
            Self::File(path) => self.read_file(path)?,
        };
        let token = text.trim();
        let token = token.strip_prefix("Bot ").unwrap_or(token).trim_start();
        if token.is_empty() {
            return Err(TokenError::Empty(self.clone()));
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TokenError::Malformed(self.clone()));
        }
        Ok(Secret::new(token))
    }

    fn read_file(&self, path: &Path) -> Result<String, TokenError> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)
            .and_then(|file| file.take(TOKEN_FILE_BYTES + 1).read_to_end(&mut bytes))
            .map_err(|cause| TokenError::Unreadable {
                path: path.to_owned(),
                cause,
            })?;
        match String::from_utf8(bytes) {
            Ok(text) if text.len() as u64 <= TOKEN_FILE_BYTES => Ok(text),
            Ok(_) | Err(_) => Err(TokenError::Malformed(self.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_prints() {
        let secret = Secret::new("abc.def");
        let source = TokenSource::Variable(secret.clone());
        assert_eq!(
            format!("{source:?} {source}"),
            "Variable(***) DISCORD_TOKEN"
        );
        assert_eq!(format!("{secret} {secret:?} {secret:#?}"), "*** *** ***");
    }

    #[test]
    fn what_cannot_be_a_token_is_told_without_showing_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let told = || {
            TokenSource::File(path.clone())
                .read()
                .unwrap_err()
                .to_string()
        };
        let shown = path.display();
        assert_eq!(
            told(),
            format!(
                "cannot read the token file {shown}: No such file or directory (os error 2); check `discord.token_file`"
            )
        );
        std::fs::write(&path, " \n").unwrap();
        assert_eq!(
            told(),
            format!(
                "the token in the file {shown} is empty: copy it from the developer portal (Bot, Reset Token)"
            )
        );
        let malformed = format!(
            "the file {shown} does not hold a token: it must hold the token alone, on one line, and nothing else"
        );
        for bytes in [&b"two words"[..], b"one\ntwo", &[0xff], &[b'a'; 5000]] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(told(), malformed);
        }
        assert_eq!(
            TokenSource::Missing.read().unwrap_err().to_string(),
            "no Discord token: set DISCORD_TOKEN, or name a file that holds it with `token_file` under [discord] \
             (or WAYMARK_DISCORD__TOKEN_FILE)"
        );
    }
}
