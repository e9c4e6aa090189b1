//! A message as text, whole, for snapshots that people can read.

use std::fmt::Write;

use serde_json::Value;

/// Draws everything that the message holds.
pub fn draw(message: &Value) -> String {
    let mut drawn = String::new();
    let visibility = match message["flags"].as_u64() {
        Some(64) => "private",
        None => "public",
        Some(_) => "?",
    };
    let embed = &message["embeds"][0];
    let color = embed["color"].as_u64().unwrap_or_default();
    let _ = writeln!(drawn, "({visibility}, #{color:06X})");
    let _ = writeln!(drawn, "# {}", text(&embed["title"]));
    if let Some(url) = embed["url"].as_str() {
        let _ = writeln!(drawn, "-> {url}");
    }
    if let Some(description) = embed["description"].as_str() {
        let _ = writeln!(drawn, "{description}");
    }
    for field in embed["fields"].as_array().into_iter().flatten() {
        let mark = if field["inline"] == true { "||" } else { "==" };
        let _ = writeln!(
            drawn,
            "\n{mark} {}\n{}",
            text(&field["name"]),
            text(&field["value"])
        );
    }
    if let Some(footer) = embed["footer"]["text"].as_str() {
        let _ = writeln!(drawn, "\n-- {footer}");
    }
    for row in message["components"].as_array().into_iter().flatten() {
        drawn.push('\n');
        for component in row["components"].as_array().into_iter().flatten() {
            draw_component(&mut drawn, component);
        }
    }
    drawn
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn draw_component(drawn: &mut String, component: &Value) {
    if component["type"] == 3 {
        let id = text(&component["custom_id"]);
        let _ = writeln!(drawn, "[v {}] {id}", text(&component["placeholder"]));
        for option in component["options"].as_array().into_iter().flatten() {
            let mark = if option["default"] == true { '*' } else { ' ' };
            let _ = write!(
                drawn,
                "  {mark} {} <{}>",
                text(&option["label"]),
                text(&option["value"])
            );
            if let Some(description) = option["description"].as_str() {
                let _ = write!(drawn, " {description}");
            }
            drawn.push('\n');
        }
    } else {
        let pressed = component["custom_id"]
            .as_str()
            .or(component["url"].as_str());
        let style = component["style"].as_u64().unwrap_or_default();
        let disabled = if component["disabled"] == true {
            " disabled"
        } else {
            ""
        };
        let _ = writeln!(
            drawn,
            "[{}] style {style}{disabled} <{}>",
            text(&component["label"]),
            pressed.unwrap_or_default()
        );
    }
}
