//! The same answers on a local web page that looks like a Discord channel.
//!
//! The page is a client of the HTTP endpoint: it builds the interactions that Discord would send, and draws the bytes that
//! Discord would get. Nothing of it comes from another host, and no reply is drawn here.
//!
//! - [`setting`]: who and where: the made-up server, channel and people that interactions come from.
//! - [`server`]: the addresses of the page; [`guard`]: which requests it takes; [`assets`]: the page's files.
//! - [`news`]: what the page is told by itself, when the knowledge base changes.
//! - [`desktop`]: opening the page in the browser.
//! - `assets/`: the page itself, plain HTML, CSS and ECMAScript modules.

mod assets;
mod desktop;
mod guard;
mod news;
mod server;
mod setting;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::commands::service::Service;
use crate::knowledge::watch::{Watcher, Watching};
use guard::Guard;

pub use setting::moderators;

/// Where the page is found unless another port is asked for.
pub const PORT: u16 = 4747;

/// How long the knowledge folder must look the same before it is loaded: whoever saves a file looks on.
const SETTLED: Duration = Duration::from_millis(150);

/// How the preview runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The address to listen on.
    pub listen: IpAddr,
    /// The port; none for [`PORT`], or any free one where that is taken. 0 is any free one.
    pub port: Option<u16>,
    /// Whether to open the page in the browser, where there is a desktop.
    pub open: bool,
}

/// Why the preview cannot run.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The address cannot be listened on.
    #[error(
        "the preview cannot listen on {address}: {cause}; --port and --listen choose another address"
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        cause: io::Error,
    },
    /// The knowledge folder cannot be watched.
    #[error("cannot watch the knowledge folder: {0}")]
    Watch(io::Error),
    /// The connection broke down.
    #[error("the preview stopped: {0}")]
    Serve(io::Error),
}

/// Serves the page until the process ends. `ready` gets the page's address once it can be opened.
///
/// The service must know the moderators of the made-up server ([`moderators`]).
///
/// # Errors
/// What keeps the page from being served: the message is for who runs it.
pub async fn serve(
    settings: Settings,
    service: Service,
    ready: impl FnOnce(&str),
) -> Result<(), PreviewError> {
    let (listener, address) = listen(&settings).await?;
    let guard = Guard::new(settings.listen);
    if !settings.listen.is_loopback() {
        tracing::warn!(
            "whoever can reach {address} can use the preview, as a moderator too: listen on 127.0.0.1 where that is not meant"
        );
    }
    let service = Arc::new(service);
    let _watcher = Watcher::start_settling(Arc::clone(service.store()), Watching::Auto, SETTLED)
        .map_err(PreviewError::Watch)?;
    let news = news::start(Arc::clone(&service));
    let url = format!("http://{}/", reachable(address));
    ready(&url);
    if settings.open && desktop::is_there() {
        desktop::open(&url);
    }
    axum::serve(listener, server::router(service, news, guard))
        .await
        .map_err(PreviewError::Serve)
}

async fn listen(settings: &Settings) -> Result<(TcpListener, SocketAddr), PreviewError> {
    let wanted = SocketAddr::new(settings.listen, settings.port.unwrap_or(PORT));
    let listener = match TcpListener::bind(wanted).await {
        Err(cause) if settings.port.is_none() && cause.kind() == io::ErrorKind::AddrInUse => {
            TcpListener::bind(SocketAddr::new(settings.listen, 0)).await
        }
        bound => bound,
    };
    listener
        .and_then(|listener| Ok((listener.local_addr()?, listener)))
        .map(|(address, listener)| (listener, address))
        .map_err(|cause| PreviewError::Listen {
            address: wanted,
            cause,
        })
}

/// The address under which this machine reaches the page: nobody can open "every address".
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => std::net::Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => std::net::Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
