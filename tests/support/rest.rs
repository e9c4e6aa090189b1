//! The REST routes that a bot of slash commands needs, under `/api/v10`.

use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::gateway;
use super::judge;
use super::loopback::{APPLICATION, Asked, Failure, Hub, World};
use super::people::{HOME_SERVER, OTHER_SERVER};
use super::recording::Request;
use super::registry;

const LARGEST_BODY: usize = 1 << 20;
pub(super) const DEFER: u64 = 5;
pub(super) const DEFER_UPDATE: u64 = 6;
pub(super) const UPDATE: u64 = 7;

/// An answer: its status, its body, and seconds to wait before asking again.
pub(super) struct Answer {
    status: u16,
    body: Value,
    retry_after: Option<f64>,
}

impl Answer {
    fn ok(body: Value) -> Self {
        Self {
            status: 200,
            body,
            retry_after: None,
        }
    }

    fn no_content() -> Self {
        Self {
            status: 204,
            body: Value::Null,
            retry_after: None,
        }
    }

    /// An error with [Discord's code](https://docs.discord.com/developers/topics/opcodes-and-status-codes).
    fn error(status: u16, message: &str, code: u32) -> Self {
        Self {
            status,
            body: json!({"message": message, "code": code}),
            retry_after: None,
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::IM_A_TEAPOT);
        let limits = [
            ("x-ratelimit-limit", "5".to_owned()),
            ("x-ratelimit-remaining", "4".to_owned()),
            ("x-ratelimit-reset-after", "1.000".to_owned()),
            ("x-ratelimit-bucket", "loopback".to_owned()),
        ];
        let mut response = if self.body.is_null() {
            (status, limits).into_response()
        } else {
            let json = [(header::CONTENT_TYPE, "application/json")];
            (status, limits, json, self.body.to_string()).into_response()
        };
        if let Some(seconds) = self.retry_after
            && let Ok(seconds) = seconds.to_string().parse()
        {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

/// Answers every REST request.
pub(super) async fn serve(
    State(hub): State<Arc<Hub>>,
    request: axum::extract::Request,
) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return Answer::error(413, "Request entity too large", 40_005).into_response();
    };
    let path = head.uri.path();
    let route = path.strip_prefix("/api/v10/").unwrap_or_default();
    let route: Vec<&str> = route.split('/').collect();
    if let ["interactions" | "webhooks", _, token, ..] = route[..]
        && let Some(answered) = hub.load.take(token, &body)
    {
        return match answered {
            true => Answer::no_content(),
            false => Answer::error(404, "Unknown interaction", 10_062),
        }
        .into_response();
    }
    let whole = head
        .uri
        .path_and_query()
        .map_or(path, |whole| whole.as_str());
    let place = arrive(&hub, head.method.as_str(), whole, &route, &body);
    if let ["interactions" | "webhooks", ..] = route[..] {
        let mut held = hub.hold.subscribe();
        drop(held.wait_for(|held| !held).await);
    }
    hub.state
        .with(|world| {
            let place = place?;
            let line = world.requests[place].line();
            let parsed = world.requests[place].body.clone();
            let answer = failure(world, &line).unwrap_or_else(|| {
                answer(
                    &hub,
                    world,
                    head.method.as_str(),
                    &route,
                    whole,
                    &head.headers,
                    parsed.as_ref(),
                )
            });
            world.requests[place].status = Some(answer.status);
            Ok(answer)
        })
        .unwrap_or_else(|refusal: Answer| refusal)
        .into_response()
}

/// Records a request; its place in the record, or why its body cannot be read.
fn arrive(
    hub: &Hub,
    method: &str,
    path: &str,
    route: &[&str],
    body: &Bytes,
) -> Result<usize, Answer> {
    let parsed = match body.is_empty() {
        true => None,
        false => Some(serde_json::from_slice(body).map_err(|_| {
            let complaint = format!("{method} {path}: a body that is not JSON");
            hub.state.with(|world| world.complaints.push(complaint));
            Answer::error(400, "400: Bad Request", 50_109)
        })?),
    };
    hub.state.with(|world| {
        let interaction_type = match route {
            ["interactions", id, _, "callback"] => {
                let id = id.parse().unwrap_or_default();
                world.interactions.get(&id).map(|asked| asked.kind)
            }
            _ => None,
        };
        let request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            body: parsed,
            interaction_type,
            status: None,
        };
        if let Some(tape) = &mut world.tape {
            tape.write(&request);
        }
        if let Err(complaint) = judge_request(&request, route) {
            world
                .complaints
                .push(format!("{}: {complaint}", request.line()));
        }
        world.requests.push(request);
        Ok(world.requests.len() - 1)
    })
}

fn judge_request(request: &Request, route: &[&str]) -> Result<(), String> {
    let body = request.body.as_ref();
    match (request.method.as_str(), route) {
        ("POST", ["interactions", _, _, "callback"]) => judge::callback(
            body.ok_or("no body")?,
            request.interaction_type.unwrap_or_default(),
        ),
        ("PATCH", ["webhooks", ..]) => judge::edited_message(body.ok_or("no body")?),
        _ => Ok(()),
    }
}

/// The failure that a test has switched on for this request.
fn failure(world: &mut World, line: &str) -> Option<Answer> {
    let failures = &mut world.faults.failures;
    let failure: &mut Failure = failures
        .iter_mut()
        .find(|failure| failure.times > 0 && line.contains(&failure.line))?;
    failure.times -= 1;
    Some(Answer {
        status: failure.status,
        body: failure.body.clone(),
        retry_after: failure.retry_after,
    })
}

fn answer(
    hub: &Hub,
    world: &mut World,
    method: &str,
    route: &[&str],
    whole_path: &str,
    headers: &HeaderMap,
    body: Option<&Value>,
) -> Answer {
    let authorized = headers
        .get(header::AUTHORIZATION)
        .is_some_and(|given| given.as_bytes() == format!("Bot {}", world.token).as_bytes());
    let own = APPLICATION.to_string();
    match (method, route) {
        // What carries its own token in the path.
        ("POST", ["interactions", id, token, "callback"]) => {
            callback(world, id, token, body.unwrap_or(&Value::Null))
        }
        (_, ["webhooks", application, token, "messages", "@original"]) if *application == own => {
            original(world, method, token, body)
        }
        ("GET", ["gateway"]) => Answer::ok(json!({"url": format!("ws://{}", hub.address)})),
        _ if !authorized => Answer::error(401, "401: Unauthorized", 0),
        ("GET", ["gateway", "bot"]) => Answer::ok(json!({
            "url": format!("ws://{}", hub.address),
            "shards": world.recommended_shards,
            "session_start_limit": {
                "total": 1000,
                "remaining": world.sessions_left,
                "reset_after": 14_400_000,
                "max_concurrency": 1,
            },
        })),
        ("GET", ["users", "@me"]) => Answer::ok(gateway::user()),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            Answer::ok(application())
        }
        ("GET" | "PUT", ["applications", application, rest @ ..]) => {
            if *application != own {
                return Answer::error(403, "Missing Access", 20_012);
            }
            match guild_of(rest) {
                Err(unknown) => unknown,
                Ok(guild) if method == "PUT" => match body.and_then(Value::as_array) {
                    Some(commands) => Answer::ok(registry::overwrite(world, guild, commands)),
                    None => Answer::error(400, "Invalid Form Body", 50_035),
                },
                Ok(guild) => {
                    let localized = whole_path.contains("with_localizations=true");
                    Answer::ok(registry::list(world, guild, localized))
                }
            }
        }
        _ => {
            let complaint = format!("{method} {}: no such route here", route.join("/"));
            world.complaints.push(complaint);
            Answer::error(404, "404: Not Found", 0)
        }
    }
}

fn application() -> Value {
    json!({
        "id": APPLICATION.to_string(),
        "name": "Waymark",
        "icon": null,
        "description": "",
        "summary": "",
        "bot": gateway::user(),
        "bot_public": true,
        "bot_require_code_grant": false,
        "verify_key": "00".repeat(32),
        "owner": {"id": "1", "username": "owner", "discriminator": "0", "avatar": null},
        "team": null,
        "flags": 0,
        "integration_types_config": {"0": {}, "1": {}},
        "redirect_uris": [],
        "interactions_endpoint_url": null,
    })
}

/// The guild of a route of commands; none for the global ones.
fn guild_of(route: &[&str]) -> Result<Option<u64>, Answer> {
    match route {
        ["commands"] => Ok(None),
        ["guilds", guild, "commands"] => match guild.parse() {
            Ok(guild @ (HOME_SERVER | OTHER_SERVER)) => Ok(Some(guild)),
            _ => Err(Answer::error(403, "Missing Access", 50_001)),
        },
        _ => Err(Answer::error(404, "404: Not Found", 0)),
    }
}

/// Takes the first response to an interaction.
pub(super) fn callback(world: &mut World, id: &str, token: &str, body: &Value) -> Answer {
    let asked = id
        .parse()
        .ok()
        .and_then(|id: u64| world.interactions.get_mut(&id))
        .filter(|asked| asked.token == token);
    let Some(asked) = asked else {
        return Answer::error(404, "Unknown interaction", 10_062);
    };
    if asked.callback.is_some() {
        return Answer::error(400, "Interaction has already been acknowledged.", 40_060);
    }
    asked.callback = Some(body.clone());
    match body["type"].as_u64() {
        Some(DEFER | DEFER_UPDATE) => {}
        _ => {
            asked.message = body.get("data").cloned();
            asked.settled = true;
        }
    }
    Answer::no_content()
}

/// Reads, edits or deletes the message that answers an interaction.
fn original(world: &mut World, method: &str, token: &str, body: Option<&Value>) -> Answer {
    let asked: Option<&mut Asked> = world
        .interactions
        .values_mut()
        .find(|asked| asked.token == token);
    let Some(asked) = asked else {
        return Answer::error(404, "Unknown Webhook", 10_015);
    };
    let Some(kind) = asked
        .callback
        .as_ref()
        .and_then(|body| body["type"].as_u64())
    else {
        return Answer::error(404, "Unknown Webhook", 10_015);
    };
    if asked.removed {
        return Answer::error(404, "Unknown Message", 10_008);
    }
    asked.settled = true;
    match method {
        "GET" => Answer::ok(asked.message.clone().unwrap_or_default()),
        "DELETE" => {
            asked.removed = true;
            Answer::no_content()
        }
        "PATCH" => {
            let mut message = body.cloned().unwrap_or_default();
            // Who sees a deferred answer was said when it was deferred.
            if !matches!(kind, UPDATE | DEFER_UPDATE)
                && let Some(flags) = asked
                    .callback
                    .as_ref()
                    .and_then(|callback| callback.pointer("/data/flags"))
                && let Some(message) = message.as_object_mut()
            {
                message.insert("flags".to_owned(), flags.clone());
            }
            asked.message = Some(message.clone());
            Answer::ok(message)
        }
        _ => Answer::error(405, "405: Method Not Allowed", 0),
    }
}
