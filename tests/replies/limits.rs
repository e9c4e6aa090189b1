//! Discord's limits, checked on the message itself and written apart from the program's own list of them.

use std::collections::HashSet;

use serde_json::Value;

/// Code points, as Discord counts; embed texts are trimmed first.
fn count(text: &Value) -> usize {
    text.as_str().map_or(0, |text| text.trim().chars().count())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Everything about the message that Discord would refuse or that could ping somebody.
pub fn broken(message: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |holds: bool, what: String| {
        if !holds {
            wrong.push(what);
        }
    };
    check(
        message["allowed_mentions"] == serde_json::json!({ "parse": [] }),
        format!("allowed_mentions: {}", message["allowed_mentions"]),
    );
    let embeds = list(&message["embeds"]);
    check(embeds.len() == 1, format!("{} embeds", embeds.len()));
    let mut total = 0;
    for embed in embeds {
        let mut text = |name: &str, text: &Value, max: usize, needed: bool| {
            let count = count(text);
            total += count;
            check(count <= max, format!("{name}: {count} characters"));
            check(count > 0 || !needed, format!("{name}: blank"));
        };
        text("title", &embed["title"], 256, true);
        text("description", &embed["description"], 4096, false);
        text("footer", &embed["footer"]["text"], 2048, false);
        for field in list(&embed["fields"]) {
            text("field name", &field["name"], 256, true);
            text("field value", &field["value"], 1024, true);
        }
        let fields = list(&embed["fields"]).len();
        check(fields <= 25, format!("{fields} fields"));
        check(
            embed["description"].is_null() || count(&embed["description"]) > 0,
            "blank description".to_owned(),
        );
    }
    check(total <= 6000, format!("{total} characters in all"));
    let rows = list(&message["components"]);
    check(rows.len() <= 5, format!("{} rows", rows.len()));
    let mut ids = HashSet::new();
    for row in rows {
        check(row["type"] == 1, format!("row of type {}", row["type"]));
        let components = list(&row["components"]);
        let menus = components.iter().filter(|one| one["type"] == 3).count();
        let fits = if menus > 0 {
            components.len() == 1
        } else {
            (1..=5).contains(&components.len())
        };
        check(fits, format!("a row of {}", components.len()));
        for component in components {
            component_broken(component, &mut check);
            if let Some(id) = component["custom_id"].as_str() {
                check(
                    ids.insert(id.to_owned()),
                    format!("custom_id {id} stands twice"),
                );
            }
        }
    }
    wrong
}

fn component_broken(component: &Value, check: &mut impl FnMut(bool, String)) {
    let id = &component["custom_id"];
    let within = |text: &Value, max: usize| (1..=max).contains(&count(text));
    match component["type"].as_u64() {
        Some(2) => {
            check(
                within(&component["label"], 80),
                format!("label {}", component["label"]),
            );
            let link = component["style"] == 5;
            check(
                if link {
                    within(&component["url"], 512) && id.is_null()
                } else {
                    within(id, 100)
                },
                format!("button {component}"),
            );
        }
        Some(3) => {
            check(within(id, 100), format!("custom_id {id}"));
            check(
                count(&component["placeholder"]) <= 150,
                "placeholder".to_owned(),
            );
            let options = list(&component["options"]);
            check(
                (1..=25).contains(&options.len()),
                format!("{} options", options.len()),
            );
            let mut values = HashSet::new();
            for option in options {
                check(within(&option["label"], 100), format!("option {option}"));
                check(within(&option["value"], 100), format!("option {option}"));
                check(
                    count(&option["description"]) <= 100,
                    format!("option {option}"),
                );
                check(
                    option["description"].is_null() || count(&option["description"]) > 0,
                    format!("blank description: {option}"),
                );
                check(
                    values.insert(option["value"].to_string()),
                    format!("option value {} stands twice", option["value"]),
                );
            }
            let chosen = options
                .iter()
                .filter(|option| option["default"] == true)
                .count();
            check(chosen <= 1, format!("{chosen} options are selected"));
        }
        other => check(false, format!("component of type {other:?}")),
    }
}
