//! Lines from a file or a pipe.

use std::io::{self, BufRead};

/// The lines of any bytes, one at a time as they come; what is not UTF-8 is replaced.
pub fn lines(mut input: impl BufRead) -> impl Iterator<Item = io::Result<String>> {
    std::iter::from_fn(move || {
        let mut bytes = Vec::new();
        match input.read_until(b'\n', &mut bytes) {
            Ok(0) => None,
            Ok(_) => {
                let line = String::from_utf8_lossy(&bytes);
                Some(Ok(line.trim_end_matches(['\n', '\r']).to_owned()))
            }
            Err(error) => Some(Err(error)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_are_lines() {
        let read: Vec<_> = lines(&b"/help\r\n\xff\n\nlast"[..])
            .map(Result::unwrap)
            .collect();
        assert_eq!(read, ["/help", "\u{fffd}", "", "last"]);
    }
}
