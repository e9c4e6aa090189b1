//! Figures in words: growth, openings, people at work, pay; always with year, occupation and source.

use crate::knowledge::{
    Career, EntryEducation, Fit, Growth, Headcount, LevelPay, Median, Openings, Outlook,
};
use crate::reply::text;

/// One official figure in words, and what it was counted for.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure<'a> {
    text: String,
    basis: Basis<'a>,
}

/// The occupation that was counted, how well it fits, who counted.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Basis<'a> {
    occupation: &'a str,
    fit: Fit,
    source: &'a str,
}

/// The figures of an outlook: the current projection first, earlier ones last.
pub fn of_outlook(outlook: &Outlook) -> Vec<Figure<'_>> {
    let growth = outlook
        .growth
        .iter()
        .map(|growth| of_growth("Growth", growth));
    let openings = outlook.openings.iter().map(of_openings);
    let employment = outlook.employment.iter().map(of_employment);
    let earlier = outlook
        .earlier
        .iter()
        .map(|growth| of_growth("Earlier projection", growth));
    growth
        .chain(openings)
        .chain(employment)
        .chain(earlier)
        .collect()
}

fn of_growth<'a>(label: &str, growth: &'a Growth) -> Figure<'a> {
    Figure {
        text: format!(
            "{label}: **{}** from {} to {}",
            percent(growth.percent),
            growth.from,
            growth.to
        ),
        basis: Basis {
            occupation: &growth.occupation,
            fit: growth.fit,
            source: &growth.source,
        },
    }
}

fn of_openings(openings: &Openings) -> Figure<'_> {
    Figure {
        text: format!(
            "Openings: {} a year, {} to {}",
            text::thousands(openings.per_year),
            openings.from,
            openings.to
        ),
        basis: Basis {
            occupation: &openings.occupation,
            fit: openings.fit,
            source: &openings.source,
        },
    }
}

fn of_employment(people: &Headcount) -> Figure<'_> {
    Figure {
        text: format!(
            "Employment: {} jobs in {}",
            text::thousands(people.jobs),
            people.year
        ),
        basis: Basis {
            occupation: &people.occupation,
            fit: people.fit,
            source: &people.source,
        },
    }
}

/// The official median.
pub fn of_median(median: &Median) -> Figure<'_> {
    Figure {
        text: format!(
            "Median: **{}** a year ({})",
            money(median.amount, &median.currency),
            median.year
        ),
        basis: Basis {
            occupation: &median.occupation,
            fit: median.fit,
            source: &median.source,
        },
    }
}

/// The education that an official source gives for entry.
pub fn of_entry_education(entry: &EntryEducation) -> Figure<'_> {
    Figure {
        text: format!("Typical for entry: {}", text::escape(&entry.level)),
        basis: Basis {
            occupation: &entry.occupation,
            fit: entry.fit,
            source: &entry.source,
        },
    }
}

/// The figures as bulleted lines; those with the same basis stand together above it.
pub fn lines(career: &Career, figures: &[Figure<'_>]) -> Vec<String> {
    figures
        .chunk_by(|one, next| one.basis == next.basis)
        .map(|group| {
            let figures: String = group
                .iter()
                .map(|figure| format!("• {}\n", figure.text))
                .collect();
            figures + &group[0].basis.sentence(career)
        })
        .collect()
}

impl Basis<'_> {
    /// What was counted and by whom, and plainly where that is not this career.
    fn sentence(&self, career: &Career) -> String {
        let occupation = text::escape(self.occupation);
        let source = source_link(career, self.source);
        let no_own = format!(
            "There is no separate figure for {}",
            text::escape(&career.name)
        );
        let caveat = match self.fit {
            Fit::Exact => return format!("({occupation}) — {source}"),
            Fit::Nearest => "this is the nearest occupation",
            Fit::Group => "this is the wider group that it belongs to",
            Fit::AllOther => {
                "this is a group of whatever is counted nowhere else, and it is a small part of that"
            }
        };
        format!("({occupation}) — {source}. {no_own}: {caveat}.")
    }
}

/// A source by its title, linked where it has an address.
pub fn source_link(career: &Career, key: &str) -> String {
    match career.source(key) {
        Some(source) => text::link(&source.title, source.url.as_deref()),
        None => text::escape(key),
    }
}

/// The words that the licences of a career's sources ask to be shown with the figures, each once.
pub fn attributions(career: &Career) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for source in &career.sources {
        let attribution = source.attribution.as_deref().map(text::plain);
        words.extend(attribution.filter(|attribution| !words.contains(attribution)));
    }
    words
}

/// A change in percent, with its sign: `+33.5%`.
pub fn percent(value: f64) -> String {
    format!("{value:+}%")
}

/// An amount with its currency: `112,590 USD`.
pub fn money(amount: u64, currency: &str) -> String {
    format!("{} {}", text::thousands(amount), text::escape(currency))
}

/// Where and when the values of a level's pay were gathered: `4,321 values, 2024, US`.
pub fn sample(pay: &LevelPay) -> String {
    let country = pay
        .country
        .as_deref()
        .map_or_else(|| "all countries".to_owned(), text::escape);
    let values = text::counted(pay.sample as usize, "value", "values");
    format!("{values}, {}, {country}", pay.year)
}
