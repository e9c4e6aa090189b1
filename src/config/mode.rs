//! How interactions reach the bot.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::str::FromStr;

use ed25519_dalek::{Signature, VerifyingKey};

/// Where the endpoint listens when nothing else is said: only programs on this machine reach it.
pub const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// How interactions reach the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// Over a connection that the bot opens.
    Gateway,
    /// As HTTP requests that Discord sends.
    Endpoint(Endpoint),
}

/// The HTTP interactions endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Whose signature every request must bear.
    pub public_key: PublicKey,
}

/// The application's public key, with which Discord's signatures are checked. It is no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(Box<VerifyingKey>);

impl PublicKey {
    const BYTES: usize = 32;

    /// Whether the signature (in hexadecimal) stands for these bytes.
    pub fn signed(&self, bytes: &[u8], signature: &str) -> bool {
        Signature::from_str(signature).is_ok_and(|signature| {
            ed25519_dalek::Verifier::verify(&*self.0, bytes, &signature).is_ok()
        })
    }
}

impl FromStr for PublicKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const ADVICE: &str =
            "copy the public key from the developer portal (General Information, Public Key)";
        let text = text.trim();
        let mut bytes = [0; Self::BYTES];
        let is_hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hexadecimal || text.len() != 2 * bytes.len() {
            return Err(format!("this is not 64 hexadecimal digits: {ADVICE}"));
        }
        for (place, byte) in bytes.iter_mut().enumerate() {
            let digits = text.get(2 * place..2 * place + 2).unwrap_or_default();
            *byte = u8::from_str_radix(digits, 16).map_err(|cause| cause.to_string())?;
        }
        match VerifyingKey::from_bytes(&bytes) {
            // A weak key takes a signature for any text.
            Ok(key) if !key.is_weak() => Ok(Self(Box::new(key))),
            _ => Err(format!("this is not an Ed25519 public key: {ADVICE}")),
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .as_bytes()
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 8032, 7.1, tests 1 and 3.
    const KEYS_TEXTS_SIGNATURES: [(&str, &[u8], &str); 2] = [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            b"",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            &[0xaf, 0x82],
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ];

    #[test]
    fn a_signature_stands_for_its_own_bytes_and_key_alone() {
        for (key, text, signature) in KEYS_TEXTS_SIGNATURES {
            let key: PublicKey = key.parse().unwrap();
            assert!(key.signed(text, signature));
            assert!(!key.signed(b"x", signature));
            for place in 0..signature.len() {
                let mut other = signature.as_bytes().to_vec();
                other[place] = if other[place] == b'0' { b'1' } else { b'0' };
                assert!(!key.signed(text, std::str::from_utf8(&other).unwrap()));
            }
            for no_signature in ["", "00", &signature[1..], &"0".repeat(128), &"é".repeat(64)] {
                assert!(!key.signed(text, no_signature), "{no_signature}");
            }
        }
        let [(key, ..), (_, text, signature)] = KEYS_TEXTS_SIGNATURES;
        assert!(!key.parse::<PublicKey>().unwrap().signed(text, signature));
    }

    #[test]
    fn what_is_no_key_is_told_with_what_to_do() {
        let told = |text: &str| text.parse::<PublicKey>().unwrap_err();
        let advice =
            "copy the public key from the developer portal (General Information, Public Key)";
        let [(key, ..), _] = KEYS_TEXTS_SIGNATURES;
        for text in [
            "",
            "abc",
            &key[1..],
            &format!("{key}0"),
            &format!("+{}", &key[1..]),
            &"é".repeat(32),
        ] {
            assert_eq!(
                told(text),
                format!("this is not 64 hexadecimal digits: {advice}")
            );
        }
        // No point of the curve, and one of small order.
        for text in [
            format!("02{}", "0".repeat(62)),
            format!("01{}", "0".repeat(62)),
        ] {
            assert_eq!(
                told(&text),
                format!("this is not an Ed25519 public key: {advice}")
            );
        }
        let shouted = key.to_uppercase().parse::<PublicKey>().unwrap();
        assert_eq!(format!("{shouted:?}"), key);
    }
}
