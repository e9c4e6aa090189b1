//! Checks `knowledge.toml`.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::document::Document;
use super::report::{InFile, Report, Spot};
use super::words::quote;
use crate::knowledge::format::limits::{ATTRIBUTION, ITEM, NAME, TITLE};
use crate::knowledge::format::{CategoryEntry, Ordered, SettingsFile, SourceEntry, Table};
use crate::knowledge::{Career, Category, Source, fold};

/// What `knowledge.toml` says, or what stands where it is absent.
pub(super) struct Settings {
    pub name: String,
    pub default_currency: String,
    /// None where the file, or its list, is absent or wrong: then no career's category is judged.
    pub categories: Option<Vec<Declared>>,
    pub sources: Vec<Source>,
    /// Whether all of its sources could be read.
    pub sources_known: bool,
}

/// A category and where it is declared.
pub(super) struct Declared {
    pub category: Category,
    spot: Spot,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "Waymark".to_owned(),
            default_currency: "USD".to_owned(),
            categories: None,
            sources: Vec::new(),
            sources_known: true,
        }
    }
}

/// Reads and checks the file.
pub(super) fn read(report: &mut InFile<'_, '_>) -> Settings {
    let mut document = Document::parse(report);
    let broken = document.broken();
    let unit = document.read::<SettingsFile>(report);
    let Some(unit) = unit.filter(|_| !broken) else {
        return Settings {
            sources_known: false,
            ..Settings::default()
        };
    };
    let file = &unit.value;
    let currency = file.default_currency.as_ref();
    let categories = categories(&file.categories, file.categories.span(), report);
    Settings {
        name: report.line(&file.name, "`name`", NAME),
        default_currency: currency
            .map_or_else(|| "USD".to_owned(), |currency| report.currency(currency)),
        categories: (!unit.lacks("categories") && !categories.is_empty()).then_some(categories),
        sources: sources(&file.sources, report),
        sources_known: !unit.lacks("sources"),
    }
}

fn categories(
    entries: &[Table<CategoryEntry>],
    span: Range<usize>,
    report: &mut InFile<'_, '_>,
) -> Vec<Declared> {
    report.not_empty(entries.is_empty(), span, "`categories`");
    let mut seen = HashSet::new();
    entries
        .iter()
        .map(|entry| {
            let id = report.kebab_id(&entry.id);
            if !seen.insert(fold::name(&id)) {
                let message = format!("the category {} is declared twice", quote(&id));
                report.error(entry.id.span(), message, "keep one of the two");
            }
            Declared {
                spot: report.spot(entry.id.span()),
                category: Category {
                    id,
                    name: report.line(&entry.name, "the name of a category", NAME),
                    summary: report.line_if(
                        entry.summary.as_ref(),
                        "the summary of a category",
                        TITLE,
                    ),
                },
            }
        })
        .collect()
}

/// Checks a `[sources.…]` table.
pub(super) fn sources(
    entries: &Ordered<Table<SourceEntry>>,
    report: &mut InFile<'_, '_>,
) -> Vec<Source> {
    entries
        .0
        .iter()
        .map(|(key, entry)| Source {
            key: report.line(key, "the key of a source", NAME),
            title: report.line(&entry.title, "the title of a source", TITLE),
            url: report.link(entry.url.as_ref(), "the link of a source"),
            licence: report.line_if(entry.licence.as_ref(), "the licence of a source", ITEM),
            attribution: entry
                .attribution
                .as_ref()
                .map(|text| report.prose(text, "the attribution of a source", ATTRIBUTION)),
        })
        .collect()
}

impl Settings {
    /// The declared categories, or those that the careers name. A declared one that no career is in is told.
    pub fn categories_for(&self, careers: &[Career], report: &mut Report<'_>) -> Vec<Category> {
        let used: BTreeSet<&str> = careers
            .iter()
            .map(|career| career.category.as_str())
            .collect();
        let Some(declared) = &self.categories else {
            return used.into_iter().map(named_after_id).collect();
        };
        for declared in declared {
            let id = declared.category.id.as_str();
            if !used.contains(id) && !careers.is_empty() {
                let spot = &declared.spot;
                report.of(spot.file).warning(
                    spot.span.clone(),
                    format!("no career is in the category {}", quote(id)),
                    "take it out, or set it as the `category` of a career",
                );
            }
        }
        declared
            .iter()
            .map(|declared| declared.category.clone())
            .collect()
    }

    /// The shared sources by key.
    pub fn sources_by_key(&self) -> HashMap<&str, &Source> {
        self.sources
            .iter()
            .map(|source| (source.key.as_str(), source))
            .collect()
    }
}

fn named_after_id(id: &str) -> Category {
    let mut name = id.replace('-', " ");
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Category {
        id: id.to_owned(),
        name,
        summary: None,
    }
}
