//! What a career pays: the official median, and what sources report by level.

use super::figures;
use crate::knowledge::{Career, Level, LevelPay, Salary};
use crate::reply::passage::{Block, Passage};
use crate::reply::text::{escape, thousands};

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
            "Official median, all levels",
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

    fn heading(&self) -> String {
        let employers = self.country.map_or_else(
            || "employers in all countries".to_owned(),
            |country| format!("employers in {}", escape(country)),
        );
        format!("By level, {} a year, {employers}", escape(self.currency))
    }

    /// A line a level, and the source.
    fn summary(&self, career: &Career) -> String {
        let levels: String = self
            .levels
            .iter()
            .map(|pay| {
                format!(
                    "• {}: **{}** ({} to {}; {})\n",
                    level_name(pay),
                    figures::money(pay.median, &pay.currency),
                    thousands(pay.p25),
                    thousands(pay.p75),
                    figures::sample(pay)
                )
            })
            .collect();
        levels + &self.source(career)
    }

    /// The chart, a line a level, the source, and what such figures are.
    fn whole(&self, career: &Career) -> Passage {
        Passage::lines(vec![
            self.chart(),
            self.summary(career),
            "The line is the median; half of the values lie within the bar. These are ranges as the source collected \
             them, mostly from offers: a sample, not a promise."
                .to_owned(),
        ])
    }

    fn source(&self, career: &Career) -> String {
        format!("— {}", figures::source_link(career, self.source))
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
