//! What a career pays: the official median, and what sources report by level.

use super::figures;
use crate::knowledge::{Career, Level, LevelPay, Salary};
use crate::reply::passage::{Block, Passage};
use crate::reply::text::{counted, escape, thousands};

/// Characters of a bar; with label and amount a row fits a phone's code block.
const BAR: usize = 14;

/// Median and levels in lines.
pub fn passage(career: &Career) -> Passage {
    let Some(salary) = &career.salary else {
        return Passage::lines(Vec::new());
    };
    let median = salary.median.as_ref().map(figures::of_median);
    let reports = reports(salary, None);
    Passage::lines(figures::lines(career, median.as_slice()))
        .and_lines(reports.iter().map(|report| report.summary(career)))
}

/// Median and levels as blocks: the official median, then a chart and lines for each report.
pub fn blocks(career: &Career, level: Option<Level>) -> Vec<Block> {
    let Some(salary) = &career.salary else {
        return Vec::new();
    };
    let reports = reports(salary, level);
    let median = salary.median.as_ref().map(figures::of_median);
    let median = median.as_ref().map(|median| {
        Block::wide(
            "Official figure, all levels together",
            Passage::lines(figures::lines(career, std::slice::from_ref(median))),
        )
    });
    let reports = reports
        .iter()
        .map(|report| Block::wide(report.heading(), report.whole(career)));
    median.into_iter().chain(reports).collect()
}

/// The levels for which some source reports pay, lowest first.
pub fn known_levels(career: &Career) -> Vec<Level> {
    let pay = career.salary.iter().flat_map(|salary| &salary.levels);
    let mut levels: Vec<Level> = pay.filter_map(|pay| pay.level).collect();
    levels.sort();
    levels.dedup();
    levels
}

/// What one source reports for one country in one currency: levels that can be compared with each other.
struct Report<'a> {
    source: &'a str,
    country: Option<&'a str>,
    currency: &'a str,
    levels: Vec<&'a LevelPay>,
}

/// Every report, the one with the most values first; of each level its newest year.
fn reports(salary: &Salary, level: Option<Level>) -> Vec<Report<'_>> {
    let mut reports: Vec<Report<'_>> = Vec::new();
    let asked = |pay: &&LevelPay| level.is_none() || pay.level == level;
    for pay in salary.levels.iter().filter(asked) {
        match reports.iter_mut().find(|report| report.holds(pay)) {
            Some(report) => report.add(pay),
            None => reports.push(Report::new(pay)),
        }
    }
    for report in &mut reports {
        let level = |pay: &&LevelPay| (pay.level.is_none(), pay.level);
        report.levels.sort_by_key(level);
    }
    reports.sort_by_key(|report| {
        let values = report.levels.iter().map(|pay| u64::from(pay.sample));
        std::cmp::Reverse(values.sum::<u64>())
    });
    reports
}

impl<'a> Report<'a> {
    fn new(pay: &'a LevelPay) -> Self {
        Self {
            source: &pay.source,
            country: pay.country.as_deref(),
            currency: &pay.currency,
            levels: vec![pay],
        }
    }

    fn holds(&self, pay: &LevelPay) -> bool {
        (self.source, self.country, self.currency)
            == (&pay.source, pay.country.as_deref(), &pay.currency)
    }

    fn add(&mut self, pay: &'a LevelPay) {
        match self.levels.iter_mut().find(|one| one.level == pay.level) {
            Some(one) if one.year < pay.year => *one = pay,
            Some(_) => {}
            None => self.levels.push(pay),
        }
    }

    /// The year of all values, where it is one.
    fn year(&self) -> Option<i16> {
        let year = self.levels.first()?.year;
        self.levels
            .iter()
            .all(|pay| pay.year == year)
            .then_some(year)
    }

    /// What the amounts are: `By level, USD a year, 2024, employers in all countries`.
    fn heading(&self) -> String {
        let currency = format!("{} a year", escape(self.currency));
        let year = self.year().map(|year| year.to_string());
        let employers = match self.country {
            Some("US") => "employers in the US".to_owned(),
            Some(country) => format!("employers in {}", escape(country)),
            None => "employers in all countries".to_owned(),
        };
        let parts: Vec<String> = ["By level".to_owned(), currency]
            .into_iter()
            .chain(year)
            .chain([employers])
            .collect();
        parts.join(", ")
    }

    /// A line a level, and the source.
    fn lines(&self, career: &Career) -> String {
        let levels: String = self.levels.iter().map(|pay| self.line(pay)).collect();
        format!("{levels}— {}", figures::source_link(career, self.source))
    }

    fn line(&self, pay: &LevelPay) -> String {
        let year = match self.year() {
            Some(_) => String::new(),
            None => format!(", {}", pay.year),
        };
        format!(
            "• {}: **{}** ({} to {}; {}{year})\n",
            level_name(pay),
            thousands(pay.median),
            thousands(pay.p25),
            thousands(pay.p75),
            counted(pay.sample as usize, "value", "values"),
        )
    }

    /// The heading and the lines.
    fn summary(&self, career: &Career) -> String {
        format!("{}:\n{}", self.heading(), self.lines(career))
    }

    /// The chart, a line a level, the source, and what such figures are.
    fn whole(&self, career: &Career) -> Passage {
        Passage::lines(vec![
            self.chart(),
            self.lines(career),
            "Bold is the median, in brackets the middle half of the values: ranges as the source collected them, \
             mostly of what was offered. A sample, not a promise."
                .to_owned(),
        ])
    }

    fn chart(&self) -> String {
        let top = self.levels.iter().map(|pay| pay.p75).max().unwrap_or(0);
        let rows: Vec<String> = self
            .levels
            .iter()
            .map(|pay| {
                format!(
                    "{:<9} {} {:>7}",
                    level_name(pay),
                    bar(pay, top),
                    thousands(pay.median)
                )
            })
            .collect();
        format!("```\n{}\n```", rows.join("\n"))
    }
}

fn level_name(pay: &LevelPay) -> &'static str {
    pay.level.map_or("All", Level::title)
}

/// A bar on a scale from nothing to `top`: the middle half of the values, and the median in it.
fn bar(pay: &LevelPay, top: u64) -> String {
    let last = BAR as u64 - 1;
    let place = |amount: u64| {
        (amount.min(top) as u128 * u128::from(last) + u128::from(top) / 2)
            .checked_div(u128::from(top))
            .unwrap_or(0) as u64
    };
    let (from, middle, to) = (place(pay.p25), place(pay.median), place(pay.p75));
    (0..=last)
        .map(|at| match at {
            _ if at == middle => '┿',
            _ if (from..=to).contains(&at) => '━',
            _ => '·',
        })
        .collect()
}
