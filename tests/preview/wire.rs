//! What goes over the wire: interactions as Discord sends them, and the bytes that Discord would get.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value as Json, json};
use twilight_model::application::interaction::{Interaction, InteractionType};
use waymark::commands::service::Service;
use waymark::commands::{COMMANDS, Command};
use waymark::discord::{Finish, Responder, Then};
use waymark::knowledge::source::Files;
use waymark::knowledge::store::Store;
use waymark::preview;

use crate::browser::in_browser;
use crate::server::{Preview, crafts};

/// Remembers every interaction that the page sends.
const REMEMBER: &str = "(() => { const real = fetch; window.sent = []; \
    window.fetch = (...given) => { if (given[1]?.body) window.sent.push(given[1].body); return real(...given); }; })()";

#[test]
fn every_interaction_is_one_that_discord_could_send() {
    in_browser(async |page| {
        let preview = Preview::shared();
        page.open(&preview).await;
        let _: Option<()> = page.js(REMEMBER).await;
        page.keys("/career c").await;
        page.keys("areer").await;
        page.keys("\u{e007}pot").await;
        page.until_offered("Potter").await;
        page.keys("\u{e007}\u{e007}").await;
        page.until_title("Potter").await;
        page.press(".select", "Show a section").await;
        page.press(".select-list .list-entry", "Definition").await;
        page.until_title("Potter: Definition").await;
        page.press_button("Jobs").await;
        page.press(".message:last-child .tool", "More").await;
        page.press(".menu-frame > .menu-item", "Apps").await;
        page.press(".menu-item", "Answer this").await;
        page.until_answers(3).await;
        let sent: Vec<String> = page.js("window.sent").await;
        let mut kinds = Vec::new();
        for body in &sent {
            let read: Interaction = serde_json::from_str(body)
                .unwrap_or_else(|error| panic!("no interaction of Discord's ({error}): {body}"));
            assert!(read.member.is_some() && read.guild_id.is_some(), "{body}");
            kinds.push(read.kind);
        }
        kinds.dedup();
        assert_eq!(
            kinds,
            [
                InteractionType::ApplicationCommandAutocomplete,
                InteractionType::ApplicationCommand,
                InteractionType::MessageComponent,
                InteractionType::ApplicationCommand,
            ]
        );
    });
}

/// The interaction of a command line of the form `/path`.
fn interaction(command: &Command, options: Json) -> Json {
    let mut words = command.path.split(' ');
    let name = words.next().unwrap();
    let options = match words.next() {
        Some(below) => json!([{ "type": 1, "name": below, "options": options }]),
        None => options,
    };
    json!({
        "id": "7", "application_id": "3", "type": 2, "token": "t", "version": 1, "guild_id": "1", "channel_id": "2",
        "data": { "id": "1", "name": name, "type": 1, "options": options },
        "member": { "user": { "id": "4", "username": "you" }, "roles": [], "permissions": "3104" },
    })
}

fn post(preview: &Preview, body: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(preview.host()).unwrap();
    write!(
        stream,
        "POST /interactions HTTP/1.0\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        preview.host(),
        body.len()
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    (head, answer.split_off(end + 4))
}

#[test]
fn the_answer_is_byte_for_byte_what_the_endpoint_answers() {
    let preview = Preview::shared();
    let store = Store::open(Files::Folder(crafts()), Timestamp::now()).unwrap();
    let responder = Responder::new(Arc::new(Service::new(store, preview::moderators())));
    let options = json!([
        { "type": 3, "name": "first", "value": "baker" }, { "type": 3, "name": "second", "value": "potter" },
        { "type": 3, "name": "career", "value": "potter" }, { "type": 3, "name": "question", "value": "what does a baker do?" },
        { "type": 3, "name": "skills", "value": "kneading" }, { "type": 3, "name": "from", "value": "baker" },
        { "type": 3, "name": "to", "value": "potter" },
    ]);
    let mut answered = 0;
    for command in COMMANDS {
        let own: Vec<&Json> = options
            .as_array()
            .unwrap()
            .iter()
            .filter(|option| command.option(option["name"].as_str().unwrap()).is_some())
            .collect();
        let body = interaction(command, json!(own)).to_string();
        let response = responder
            .respond(body.as_bytes(), Timestamp::now())
            .unwrap();
        let (head, bytes) = post(&preview, &body);
        assert!(
            head.starts_with("HTTP/1.0 200") || head.starts_with("HTTP/1.1 200"),
            "{head}"
        );
        match response.then {
            Then::Nothing => {
                assert_eq!(bytes, &response.first[..], "{command:?}");
                assert!(head.contains("content-type: application/json"), "{head}");
                answered += 1;
            }
            Then::Work(work) => {
                let Finish::Edit(finish) = work.run(Timestamp::now()) else {
                    panic!("an answer follows")
                };
                let finish: Json = serde_json::from_slice(&finish).unwrap();
                let text = String::from_utf8(bytes).unwrap();
                let [first, then] = &text.lines().collect::<Vec<_>>()[..] else {
                    panic!("two lines: {text}")
                };
                assert_eq!(first.as_bytes(), &response.first[..]);
                let then: Json = serde_json::from_str(then).unwrap();
                assert_eq!(
                    then["edit"]["embeds"][0]["title"],
                    finish["embeds"][0]["title"]
                );
                assert!(
                    head.contains("content-type: application/x-ndjson"),
                    "{head}"
                );
            }
            Then::Remove => panic!("a command removes nothing"),
        }
    }
    assert_eq!(answered, COMMANDS.len() - 3);
}
