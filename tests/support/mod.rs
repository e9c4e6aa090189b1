//! A Discord on 127.0.0.1, the program under test as a child process, and what people press and type.
//!
//! - [`loopback`]: the server: its state, what a test may ask of it and do to it; [`rest`] and [`gateway`] are its doors.
//! - [`recording`]: every REST request, in memory and as JSON Lines; [`judge`]: whether Discord would accept it.
//! - [`interactions`]: what Discord sends when somebody types, completes or presses; [`people`]: who does.
//! - [`folder`]: knowledge folders made for a test; [`listings`]: any number of listings for them.
//! - [`bot`]: `waymark serve` as a child process; [`load`]: many interactions with bounded concurrency.
//! - [`endpoint`]: signed requests to `waymark serve` as an HTTP endpoint.
//! - [`pages`]: what whoever runs the bot reads of it.
//! - [`measure`]: what the benchmarks share.
//! - [`proxy`]: nginx before replicas.
//! - [`watch`]: waiting for a condition, never for a time.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub mod bot;
pub mod endpoint;
pub mod folder;
pub mod gateway;
pub mod interactions;
pub mod judge;
pub mod listings;
pub mod load;
pub mod loopback;
pub mod measure;
pub mod pages;
pub mod people;
pub mod proxy;
pub mod recording;
pub mod registry;
pub mod rest;
pub mod watch;
