//! Fields of JSON objects whose types cannot be relied on.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::feeds::found::{Found, Row, Rubbish, Skip};

/// A field on a way of keys: `location.name`. Null is absent.
pub fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let field = path.split('.').try_fold(value, |value, key| value.get(key));
    field.filter(|field| !field.is_null())
}

/// A text that holds something, or a number as text.
pub fn text(value: &Value, path: &str) -> Option<String> {
    let text = match at(value, path)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A number, or a text that is one.
pub fn number(value: &Value, path: &str) -> Option<f64> {
    let number = match at(value, path)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}

/// True or false.
pub fn flag(value: &Value, path: &str) -> Option<bool> {
    at(value, path)?.as_bool()
}

/// The items of a list; one for what is no list.
pub fn items<'v>(value: &'v Value, path: &str) -> &'v [Value] {
    match at(value, path) {
        Some(Value::Array(items)) => items,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

/// The rows of a list of objects, each read by itself so that one that is broken spoils no other.
pub fn rows(objects: &[&RawValue], read: impl Fn(&Value) -> Result<Found, Skip>) -> Vec<Row> {
    let row = |(place, raw): (usize, &&RawValue)| {
        let object = serde_json::from_str::<Value>(raw.get());
        let object = object.map_err(|error| Skip::Unreadable(error.to_string()));
        let id = object.as_ref().ok().and_then(|object| text(object, "id"));
        Row {
            place: match id {
                Some(id) => format!("job {id}"),
                None => format!("entry {}", place + 1),
            },
            found: object.and_then(|object| match object.is_object() {
                true => read(&object),
                false => Err(Skip::Unreadable("not an object".to_owned())),
            }),
        }
    };
    objects.iter().enumerate().map(row).collect()
}

/// A whole document of a form that serde knows.
pub fn document<'d, T: Deserialize<'d>>(text: &'d str, what: &str) -> Result<T, Rubbish> {
    serde_json::from_str(text).map_err(|error| {
        let problem = match error.classify() {
            serde_json::error::Category::Eof => "it is cut off".to_owned(),
            _ if text.trim_start().starts_with('<') => "it is HTML or XML".to_owned(),
            _ => error.to_string(),
        };
        Rubbish(format!("this is not {what}: {problem}"))
    })
}
