//! Which addresses may be asked: public ones, unless a feed's settings allow others.
//!
//! A host's name is looked up once, and what is connected to is one of the addresses that were checked then: a name that
//! leads somewhere else a moment later ("DNS rebinding") leads nowhere.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::settings::Reach;

/// An address that may not be asked, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forbidden {
    /// Plain HTTP.
    PlainHttp(String),
    /// Neither HTTP nor HTTPS.
    Scheme(String),
    /// Of this machine or a private network; the name, where one led there.
    Private {
        /// The host's name.
        name: Option<String>,
        /// Where it leads.
        address: IpAddr,
    },
}

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PlainHttp(host) => write!(
                f,
                "{host} is asked by plain HTTP, and `allow_http` is not set"
            ),
            Self::Scheme(scheme) => write!(f, "{scheme}: is neither HTTP nor HTTPS"),
            Self::Private { name, address } => {
                if let Some(name) = name {
                    write!(f, "{name} is ")?;
                }
                write!(
                    f,
                    "{address}, an address of this machine or a private network, and `allow_private` is not set"
                )
            }
        }
    }
}

impl std::error::Error for Forbidden {}

/// Which addresses are the internet's.
#[derive(Debug, Clone, Copy)]
pub struct Public(fn(IpAddr) -> bool);

impl Public {
    /// Those by which everybody means the same machine.
    pub const INTERNET: Self = Self(is_public);

    /// Those that this says: for tests, which have no internet.
    pub const fn only(is_public: fn(IpAddr) -> bool) -> Self {
        Self(is_public)
    }
}

/// Whether an address may be asked, as far as it says where it leads: a name is checked when it is looked up.
///
/// # Errors
/// Why it may not.
pub fn check(url: &Url, reach: Reach, public: Public) -> Result<(), Forbidden> {
    match url.scheme() {
        "https" => {}
        "http" if reach.http => {}
        "http" => {
            return Err(Forbidden::PlainHttp(
                url.host_str().unwrap_or_default().to_owned(),
            ));
        }
        other => return Err(Forbidden::Scheme(other.to_owned())),
    }
    let address = match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address),
        Some(Host::Ipv6(address)) => IpAddr::V6(address),
        Some(Host::Domain(_)) | None => return Ok(()),
    };
    if reach.private || public.0(address) {
        Ok(())
    } else {
        let name = None;
        Err(Forbidden::Private { name, address })
    }
}

/// Looks names up and gives their public addresses alone.
#[derive(Debug)]
pub struct PublicOnly(pub Public);

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let public_addresses = self.0;
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(public(name.as_str(), &found, public_addresses)?)
        })
    }
}

fn public(name: &str, found: &[SocketAddr], is: Public) -> Result<Addrs, Forbidden> {
    let (public, private): (Vec<SocketAddr>, Vec<SocketAddr>) =
        found.iter().partition(|address| is.0(address.ip()));
    match private.first() {
        Some(address) if public.is_empty() => Err(Forbidden::Private {
            name: Some(name.to_owned()),
            address: address.ip(),
        }),
        _ => Ok(Box::new(public.into_iter())),
    }
}

/// Whether everybody on the internet means the same machine by it
/// ([IANA's registries of special addresses](https://www.iana.org/assignments/iana-ipv4-special-registry)).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || address.is_broadcast();
    let shared = first == 100 && (64..128).contains(&second);
    let protocols = first == 192 && second == 0 && third == 0;
    let relays = first == 192 && second == 88 && third == 99;
    let benchmarks = first == 198 && matches!(second, 18 | 19);
    !(special || shared || protocols || relays || benchmarks || first == 0 || first >= 240)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    // Addresses that stand for one of the older kind.
    let embedded = match parts {
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] => Some((high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some((high, low)),
        [0x2002, high, low, ..] => Some((high, low)),
        _ => None,
    };
    if let Some((high, low)) = embedded {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    // Only 2000::/3 is given out; of that, Teredo, ORCHID, benchmarks and examples lead nowhere or around.
    let given_out = parts[0] & 0xe000 == 0x2000;
    let protocols = parts[0] == 0x2001 && parts[1] < 0x200;
    let examples = (parts[0] == 0x2001 && parts[1] == 0xdb8) || parts[0] == 0x3fff;
    given_out && !protocols && !examples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_are_public() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "2002:808:808::",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::",
            "3fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn every_spelling_of_a_private_address_is_seen() {
        let told = |url: &str, reach| {
            check(&url.parse().unwrap(), reach, Public::INTERNET)
                .err()
                .map(|forbidden| forbidden.to_string())
        };
        let nothing = Reach::default();
        for url in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]:8443/",
            "https://①②⑦.0.0.1/",
        ] {
            assert!(
                told(url, nothing).is_some_and(|told| told.contains("allow_private")),
                "{url}"
            );
        }
        assert_eq!(
            told("https://10.1.2.3/", nothing).unwrap(),
            "10.1.2.3, an address of this machine or a private network, and `allow_private` is not set"
        );
        assert_eq!(
            told("http://example.com/", nothing).unwrap(),
            "example.com is asked by plain HTTP, and `allow_http` is not set"
        );
        assert_eq!(
            told("file:///etc/passwd", nothing).unwrap(),
            "file: is neither HTTP nor HTTPS"
        );
        assert_eq!(told("https://example.com/", nothing), None);
        let both = Reach {
            http: true,
            private: true,
        };
        assert_eq!(told("http://127.0.0.1/", both), None);
    }

    #[test]
    fn a_name_leads_to_its_public_addresses_alone() {
        let address = |text: &str| SocketAddr::new(text.parse().unwrap(), 0);
        let both = [address("127.0.0.1"), address("1.1.1.1")];
        assert_eq!(
            public("a.example", &both, Public::INTERNET)
                .unwrap()
                .collect::<Vec<_>>(),
            [address("1.1.1.1")]
        );
        let told = public("a.example", &[address("169.254.169.254")], Public::INTERNET)
            .err()
            .unwrap();
        assert_eq!(
            told.to_string(),
            "a.example is 169.254.169.254, an address of this machine or a private network, and `allow_private` is not set"
        );
    }
}
