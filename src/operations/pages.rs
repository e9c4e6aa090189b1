//! `/healthz`, `/readyz` and `/metrics`, on an address of their own: they are for whoever runs the bot, not for Discord.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State as Shared;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use tokio::net::TcpListener;

use super::lifecycle::Readiness;
use super::metrics::Metrics;
use super::state::State;

/// What all names of metrics start with.
const PREFIX: &str = "waymark";
/// [OpenMetrics](https://prometheus.io/docs/specs/om/open_metrics_spec/#protocol-negotiation).
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves the pages at this address until the process ends; gives the address, whose port the system chose where it
/// was 0.
///
/// # Errors
/// The address cannot be listened on.
pub async fn serve(address: SocketAddr, metrics: &Metrics, state: State) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    let router = router(metrics, state);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

fn router(metrics: &Metrics, state: State) -> Router {
    let mut registry = Registry::with_prefix(PREFIX);
    metrics.register(&mut registry);
    registry.register_collector(Box::new(state.clone()));
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(readyz).with_state(state))
        .route("/metrics", get(exposed).with_state(Arc::new(registry)))
}

/// 200 where the process wants to be asked, 503 where not; the knowledge's version, and why not, as lines.
async fn readyz(Shared(state): Shared<State>) -> Response {
    let (status, told) = match state.lifecycle.readiness() {
        Readiness::Ready => (StatusCode::OK, "ready"),
        Readiness::NotServing => (StatusCode::SERVICE_UNAVAILABLE, "not ready: not connected"),
        Readiness::Draining => (StatusCode::SERVICE_UNAVAILABLE, "not ready: draining"),
    };
    let knowledge = state.store.snapshot();
    let body = format!("{told}\nknowledge {}\n", knowledge.version());
    (status, body).into_response()
}

async fn exposed(Shared(registry): Shared<Arc<Registry>>) -> Response {
    let mut body = String::new();
    match encode(&mut body, &registry) {
        Ok(()) => ([(header::CONTENT_TYPE, OPEN_METRICS)], body).into_response(),
        Err(cause) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{cause}\n")).into_response(),
    }
}
