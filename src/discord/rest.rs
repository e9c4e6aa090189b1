//! The few routes that the bot asks with its token: who it is, where the gateway is, which commands are registered.

use std::time::Duration;

use hyper::body::Bytes;
use hyper::header::HeaderValue;
use hyper::{Method, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::ServeError;
use super::http::{Answer, Call, Http, HttpError};
use super::register::Definition;
use crate::config::{Discord, Secret};

const TIMEOUT: Duration = Duration::from_secs(10);
const TRIES: u32 = 4;
/// Before the second try; it doubles with each.
const PAUSE: Duration = Duration::from_millis(500);
/// The longest pause that Discord may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Discord's REST interface, asked with the bot's token.
pub struct Rest {
    http: Http,
    authorization: HeaderValue,
    api_url: String,
    token_source: String,
}

/// Where the gateway is, and how much of it this bot may use
/// ([Get Gateway Bot](https://docs.discord.com/developers/events/gateway#get-gateway-bot)).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Gateway {
    /// Its address.
    pub url: String,
    /// How many shards Discord recommends.
    pub shards: u32,
    /// How many sessions may be started.
    pub session_start_limit: SessionLimit,
}

/// How many sessions may be started.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SessionLimit {
    /// Until the limit resets.
    pub remaining: u32,
    /// Milliseconds until it resets.
    pub reset_after: u64,
}

#[derive(Deserialize)]
struct Application {
    #[serde(deserialize_with = "id_from_text")]
    id: u64,
}

/// Where commands are registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Global,
    /// In one server.
    Server(u64),
}

impl Rest {
    /// The interface that the settings name.
    ///
    /// # Errors
    /// The token cannot stand in a request.
    pub fn new(http: Http, settings: &Discord, token: &Secret) -> Result<Self, ServeError> {
        let refused = |_| ServeError::TokenRefused {
            source_name: settings.token.to_string(),
        };
        let mut authorization =
            HeaderValue::from_str(&format!("Bot {}", token.expose())).map_err(refused)?;
        authorization.set_sensitive(true);
        Ok(Self {
            http,
            authorization,
            api_url: settings.api_url.clone(),
            token_source: settings.token.to_string(),
        })
    }

    /// The application's id; the first request, which shows whether the token is good.
    ///
    /// # Errors
    /// Discord cannot be reached or refuses the token.
    pub async fn application(&self) -> Result<u64, ServeError> {
        let application: Application = self.get("/applications/@me").await?;
        Ok(application.id)
    }

    /// Where the gateway is.
    ///
    /// # Errors
    /// Discord cannot be reached or names no gateway.
    pub async fn gateway(&self) -> Result<Gateway, ServeError> {
        const PATH: &str = "/gateway/bot";
        let gateway: Gateway = self.get(PATH).await?;
        let is_websocket = gateway.url.starts_with("wss://") || gateway.url.starts_with("ws://");
        if is_websocket && gateway.shards > 0 {
            Ok(gateway)
        } else {
            Err(self.strange(PATH, "it names no gateway".to_owned()))
        }
    }

    /// The commands that are registered now.
    ///
    /// # Errors
    /// Discord cannot be reached or refuses.
    pub async fn commands(
        &self,
        application: u64,
        scope: Scope,
    ) -> Result<Vec<Definition>, ServeError> {
        self.get(&commands_path(application, scope)).await
    }

    /// Puts these commands in the place of all that are registered.
    ///
    /// # Errors
    /// Discord cannot be reached or refuses.
    pub async fn set_commands(
        &self,
        application: u64,
        scope: Scope,
        commands: &[Definition],
    ) -> Result<(), ServeError> {
        let body =
            serde_json::to_vec(commands).expect("definitions are texts, numbers and lists of them");
        let path = commands_path(application, scope);
        self.ask(Method::PUT, "PUT", &path, Bytes::from(body))
            .await?;
        Ok(())
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ServeError> {
        let body = self.ask(Method::GET, "GET", path, Bytes::new()).await?;
        serde_json::from_slice(&body).map_err(|cause| self.strange(path, cause.to_string()))
    }

    /// Asks, and asks again after a pause where another try may help.
    async fn ask(
        &self,
        method: Method,
        method_name: &'static str,
        path: &str,
        body: Bytes,
    ) -> Result<Bytes, ServeError> {
        let mut pause = PAUSE;
        let mut tries = 0;
        loop {
            tries += 1;
            let result = self
                .http
                .send(Call {
                    method: method.clone(),
                    path,
                    authorization: Some(&self.authorization),
                    body: body.clone(),
                    timeout: TIMEOUT,
                })
                .await;
            match result {
                Ok(answer) if answer.status.is_success() => return Ok(answer.body),
                Ok(answer) if tries < TRIES && may_pass(&answer) => {
                    let asked = answer.retry_after.unwrap_or(pause);
                    tracing::warn!(status = %answer.status, path, "Discord is busy; trying again");
                    tokio::time::sleep(asked.min(LONGEST_PAUSE)).await;
                }
                Ok(answer) => return Err(self.refused(method_name, path, &answer)),
                Err(HttpError::Address) => {
                    return Err(self.strange(path, HttpError::Address.to_string()));
                }
                Err(cause) if tries < TRIES => {
                    tracing::warn!(%cause, "cannot reach Discord; trying again");
                    tokio::time::sleep(pause).await;
                }
                Err(cause) => {
                    return Err(ServeError::Unreachable {
                        api_url: self.api_url.clone(),
                        cause: cause.to_string(),
                        tries,
                    });
                }
            }
            pause *= 2;
        }
    }

    fn refused(&self, method: &'static str, path: &str, answer: &Answer) -> ServeError {
        if answer.status == StatusCode::UNAUTHORIZED {
            return self.token_refused();
        }
        let refusal = answer.refusal();
        ServeError::Refused {
            api_url: self.api_url.clone(),
            method,
            path: path.to_owned(),
            status: answer.status,
            code: refusal.code,
            message: refusal.message,
        }
    }

    /// Discord does not take the token.
    pub fn token_refused(&self) -> ServeError {
        ServeError::TokenRefused {
            source_name: self.token_source.clone(),
        }
    }

    fn strange(&self, path: &str, cause: String) -> ServeError {
        ServeError::Strange {
            api_url: self.api_url.clone(),
            path: path.to_owned(),
            cause,
        }
    }
}

fn may_pass(answer: &Answer) -> bool {
    answer.status.is_server_error() || answer.status == StatusCode::TOO_MANY_REQUESTS
}

fn commands_path(application: u64, scope: Scope) -> String {
    match scope {
        Scope::Global => format!("/applications/{application}/commands"),
        Scope::Server(server) => format!("/applications/{application}/guilds/{server}/commands"),
    }
}

fn id_from_text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}
