//! The addresses of the page.
//!
//! `POST /interactions` takes what Discord's HTTP endpoint takes, and answers with the same bytes. Where something follows
//! them (the answer to what was deferred, a removal), it comes in the same response as a second line of JSON.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::stream::{self, Stream, StreamExt as _};
use jiff::Timestamp;

use super::guard::Guard;
use super::news::News;
use super::setting::Setting;
use super::{assets, news};
use crate::commands::service::Service;
use crate::discord::{Finish, Responder, Then, Work};

/// The longest interaction that is read, in bytes: Discord's are a few thousand.
const LONGEST: usize = 256 * 1024;
const JSON: &str = "application/json";
const JSON_LINES: &str = "application/x-ndjson";

/// What the page may load: itself, and nothing from anywhere else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

struct Page {
    service: Arc<Service>,
    responder: Responder,
    news: News,
}

/// Everything that the preview serves.
pub fn router(service: Arc<Service>, news: News, guard: Guard) -> Router {
    let page = Page {
        responder: Responder::new(Arc::clone(&service)),
        service,
        news,
    };
    Router::new()
        .route("/", get(|| async { asset("index.html") }))
        .route(
            "/assets/{*path}",
            get(|Path(path): Path<String>| async move { asset(&path) }),
        )
        .route("/setting", get(setting))
        .route("/events", get(events))
        .route("/interactions", post(interactions))
        .layer(DefaultBodyLimit::max(LONGEST))
        .layer(middleware::from_fn(move |request, next| {
            protect(guard, request, next)
        }))
        .with_state(Arc::new(page))
}

/// Refuses what does not come from the page, and says what the page may do.
async fn protect(guard: Guard, request: Request, next: Next) -> Response {
    let mut response = match guard.check(request.method(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    const HEADERS: [(HeaderName, &str); 5] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        // Another build of the program has another page.
        (CACHE_CONTROL, "no-store"),
    ];
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn asset(path: &str) -> Response {
    match assets::find(path) {
        Some(asset) => ([(CONTENT_TYPE, asset.kind)], asset.bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn setting(State(page): State<Arc<Page>>) -> Response {
    let knowledge = page.service.snapshot();
    json(&Setting::new(knowledge.name()))
}

fn json(value: &impl serde::Serialize) -> Response {
    let bytes = serde_json::to_vec(value).expect("the setting is texts, numbers and lists of them");
    ([(CONTENT_TYPE, JSON)], bytes).into_response()
}

/// What the page is told: how the knowledge base is now, and again whenever that changes.
async fn events(
    State(page): State<Arc<Page>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut news = page.news.clone();
    news.mark_changed();
    let events = stream::unfold(news, |mut news| async move {
        news.changed().await.ok()?;
        let told = news.borrow_and_update().clone();
        let event = Event::default().event(news::EVENT).data(&*told);
        Some((Ok(event), news))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn interactions(State(page): State<Arc<Page>>, interaction: Bytes) -> Response {
    let respond = move || page.responder.respond(&interaction, Timestamp::now());
    let Ok(Ok(response)) = tokio::task::spawn_blocking(respond).await else {
        return (StatusCode::BAD_REQUEST, "not an interaction").into_response();
    };
    match response.then {
        Then::Nothing => ([(CONTENT_TYPE, JSON)], response.first).into_response(),
        Then::Remove => in_lines(response.first, async { Finish::Remove }),
        Then::Work(work) => in_lines(response.first, run(work)),
    }
}

async fn run(work: Work) -> Finish {
    tokio::task::spawn_blocking(move || work.run(Timestamp::now()))
        .await
        .unwrap_or(Finish::Remove)
}

/// The first response at once, and what follows when it is there.
fn in_lines(first: Bytes, finish: impl Future<Output = Finish> + Send + 'static) -> Response {
    let first = stream::iter([first, Bytes::from_static(b"\n")]);
    let then = stream::once(async { line(finish.await) });
    let lines = first.chain(then).map(Ok::<_, Infallible>);
    ([(CONTENT_TYPE, JSON_LINES)], Body::from_stream(lines)).into_response()
}

fn line(finish: Finish) -> Bytes {
    match finish {
        Finish::Remove => Bytes::from_static(b"{\"remove\":true}\n"),
        Finish::Edit(message) => Bytes::from([b"{\"edit\":", &message[..], b"}\n"].concat()),
    }
}
