//! Lists in XML: the elements of some names, each with the elements directly inside.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::feeds::found::Rubbish;

/// A list in XML.
pub struct List {
    /// The name of the outermost element, without its prefix.
    pub root: String,
    /// The elements that were asked for.
    pub entries: Vec<Entry>,
}

/// An element of a list.
#[derive(Default)]
pub struct Entry {
    /// What stands directly inside, in order.
    fields: Vec<Field>,
}

/// An element inside an entry.
struct Field {
    /// Without its prefix.
    name: String,
    attributes: Vec<(String, String)>,
    /// All text inside, of whatever depth.
    text: String,
}

impl Entry {
    /// The text of the first of these elements that holds something.
    pub fn text(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let mut texts = self.texts(name);
            texts.find(|text| !text.is_empty()).map(str::to_owned)
        })
    }

    fn texts<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e str> {
        let fields = self.fields.iter();
        fields
            .filter(move |field| field.name == name)
            .map(|field| field.text.trim())
    }

    /// This attribute of each element of this name that has it, in order.
    pub fn attributes<'e>(
        &'e self,
        name: &'e str,
        key: &'e str,
    ) -> impl Iterator<Item = Attribute<'e>> {
        let fields = self.fields.iter().filter(move |field| field.name == name);
        fields.filter_map(move |field| {
            let find = |key: &str| {
                let mut all = field.attributes.iter();
                all.find(|(name, _)| name == key)
                    .map(|(_, value)| value.as_str())
            };
            find(key).map(|value| Attribute {
                value,
                rel: find("rel"),
            })
        })
    }
}

/// An attribute's value, and the `rel` that stands beside it.
pub struct Attribute<'e> {
    pub value: &'e str,
    pub rel: Option<&'e str>,
}

/// Reads the elements of these names.
///
/// # Errors
/// The text is no XML, or is cut off.
pub fn list(text: &str, names: &[&str]) -> Result<List, Rubbish> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim_start());
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut reading = Reading::default();
    loop {
        let event = reader
            .read_event()
            .map_err(|error| Rubbish(format!("this is not XML: {error}")))?;
        match event {
            Event::Start(tag) => reading.start(&tag, names),
            Event::Empty(tag) => {
                reading.start(&tag, names);
                reading.end(tag.local_name().as_ref(), names);
            }
            Event::End(tag) => reading.end(tag.local_name().as_ref(), names),
            Event::Text(text) => reading.text(&text),
            Event::CData(text) => reading.text(&text),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(letter)) => reading.text(letter.encode_utf8(&mut [0; 4])),
                Ok(None) | Err(_) => match resolve_predefined_entity(&reference) {
                    Some(text) => reading.text(text),
                    // HTML's own: left for whoever reads the text as HTML.
                    None => reading.text(&format!("&{};", &*reference)),
                },
            },
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let root = reading
        .root
        .ok_or_else(|| Rubbish("this is not XML: it has no element".to_owned()))?;
    if !reading.closed {
        return Err(Rubbish("this is cut off".to_owned()));
    }
    Ok(List {
        root,
        entries: reading.entries,
    })
}

#[derive(Default)]
struct Reading {
    root: Option<String>,
    /// Whether the root has ended.
    closed: bool,
    entries: Vec<Entry>,
    /// The entry that is open, and how deep inside of it we are.
    open: Option<(Entry, usize)>,
}

impl Reading {
    fn start(&mut self, tag: &BytesStart<'_>, names: &[&str]) {
        let local = tag.local_name();
        let name = local.as_ref();
        if self.root.is_none() {
            self.root = Some(name.to_owned());
        }
        match &mut self.open {
            None if names.contains(&name) => self.open = Some((Entry::default(), 0)),
            None => {}
            Some((entry, depth)) => {
                *depth += 1;
                if *depth == 1 {
                    entry.fields.push(Field {
                        name: name.to_owned(),
                        attributes: attributes(tag),
                        text: String::new(),
                    });
                }
            }
        }
    }

    fn end(&mut self, name: &str, names: &[&str]) {
        match self.open.take() {
            Some((entry, depth)) if depth == 0 || (depth == 1 && names.contains(&name)) => {
                self.entries.push(entry);
            }
            Some((entry, depth)) => self.open = Some((entry, depth - 1)),
            None => self.closed |= self.root.as_deref() == Some(name),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((entry, 1..)) = &mut self.open
            && let Some(field) = entry.fields.last_mut()
        {
            field.text.push_str(text);
        }
    }
}

fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut attributes = tag.attributes();
    attributes
        .with_checks(false)
        .flatten()
        .map(|attribute| {
            let value = quick_xml::escape::unescape(&attribute.value)
                .map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
            (attribute.key.local_name().as_ref().to_owned(), value)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn entities_sections_and_prefixes_are_read() {
        let xml = "\u{feff}<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x \"y\">]><rss><channel><title>no</title>\
            <item><title>R&amp;D &#x2013; <![CDATA[<b>x</b>]]></title><dc:creator>A &nbsp; & B</dc:creator>\
            <link rel='alternate' href='https://a/?b=1&amp;c'/><content><p>one</p>two</content></item></channel></rss>";
        let list = list(xml, &["item"]).unwrap();
        assert_eq!(list.root, "rss");
        let [entry] = &list.entries[..] else { panic!() };
        assert_eq!(entry.text(&["title"]).unwrap(), "R&D – <b>x</b>");
        assert_eq!(entry.text(&["none", "creator"]).unwrap(), "A &nbsp; & B");
        assert_eq!(entry.text(&["content"]).unwrap(), "onetwo");
        let links: Vec<_> = entry
            .attributes("link", "href")
            .map(|link| (link.value, link.rel))
            .collect();
        assert_eq!(links, [("https://a/?b=1&c", Some("alternate"))]);
    }

    #[test]
    fn what_is_cut_or_no_xml_is_refused() {
        let told = |text: &str| list(text, &["item"]).err().map(|error| error.0);
        assert_eq!(
            told("<rss><item><title>a</title>").as_deref(),
            Some("this is cut off")
        );
        assert_eq!(
            told("<rss><item></item>").as_deref(),
            Some("this is cut off")
        );
        assert_eq!(
            told("").as_deref(),
            Some("this is not XML: it has no element")
        );
        assert_eq!(
            told("{}").as_deref(),
            Some("this is not XML: it has no element")
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read(xml in "(?s).{0,60}|(<item>|</item>|<a b='c'>|</a>|<x/>|&amp;|&#x;|<!\\[CDATA\\[|\\]\\]>|<rss>|</rss>|t){0,20}") {
            let _ = list(&xml, &["item", "entry"]);
        }
    }
}
