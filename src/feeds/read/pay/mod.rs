//! What a text says that a job pays.
//!
//! A text of a field for pay ("45/hr") is read with less proof than the prose of a description, where numbers may be a
//! company's revenue or a bonus: there an amount must carry a mark of money, and its surroundings must speak of pay.
//! Where a text names several different amounts of pay (zones, levels), none is taken.

mod amount;

use crate::knowledge::Period;
use amount::{Amount, amounts};

/// The most bytes of a text that are read.
const LONGEST: usize = 100_000;

/// Pay as a text quotes it; at least one end known, `min <= max`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The lower end in whole units of the currency.
    pub min: Option<u64>,
    /// The upper end.
    pub max: Option<u64>,
    /// The mark of money.
    pub money: Option<Money>,
    /// The time it is for.
    pub per: Option<Period>,
}

/// What a mark of money says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Money {
    /// ISO 4217.
    Currency(&'static str),
    /// A "$": of many countries.
    Dollar,
}

impl Money {
    /// Whether it is some country's dollar.
    pub fn is_dollar(self) -> bool {
        match self {
            Self::Dollar => true,
            Self::Currency(code) => is_dollar(code),
        }
    }

    /// What two marks at one amount say together; none where they contradict each other.
    fn joined(self, other: Self) -> Option<Self> {
        match (self, other) {
            (one, two) if one == two => Some(one),
            (Self::Dollar, named) | (named, Self::Dollar) if named.is_dollar() => Some(named),
            _ => None,
        }
    }
}

/// Whether "$" may stand for this currency.
pub fn is_dollar(code: &str) -> bool {
    matches!(
        code,
        "USD" | "CAD" | "AUD" | "NZD" | "SGD" | "HKD" | "TWD" | "MXN"
    )
}

/// What a field for pay says.
pub fn in_field(text: &str) -> Option<Quoted> {
    read(text, Proof::Field)
}

/// What a job's title says.
pub fn in_title(title: &str) -> Option<Quoted> {
    read(title, Proof::Mark)
}

/// What a description says, as plain text with a line a block.
pub fn in_prose(text: &str) -> Option<Quoted> {
    read(text, Proof::Surroundings)
}

/// What must speak for an amount being pay.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// The text is about nothing else.
    Field,
    /// A mark of money.
    Mark,
    /// A mark of money, and words around it.
    Surroundings,
}

fn read(text: &str, proof: Proof) -> Option<Quoted> {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let mut found: Option<Quoted> = None;
    for line in text.lines() {
        let amounts = amounts(line);
        let mut place = 0;
        let mut before = 0;
        while let Some(first) = amounts.get(place) {
            let range = amounts
                .get(place + 1)
                .filter(|second| is_range(line, first, second));
            let last = range.unwrap_or(first);
            place += if range.is_some() { 2 } else { 1 };
            let around = Around {
                before: &line[before..first.at.start],
                between: &line[first.at.end..last.at.start.max(first.at.end)],
                after: &line[last.at.end..],
            };
            before = last.at.end;
            let Some(quoted) = quoted(first, range, &around, proof) else {
                continue;
            };
            match &found {
                Some(other) if *other != quoted => return None,
                _ => found = Some(quoted),
            }
        }
    }
    found
}

/// The text before an amount or a range, between its ends, and behind it, on its line.
struct Around<'t> {
    before: &'t str,
    between: &'t str,
    after: &'t str,
}

/// Whether the text between two amounts makes them the ends of a range.
fn is_range(line: &str, first: &Amount, second: &Amount) -> bool {
    let Some(between) = line.get(first.at.end..second.at.start) else {
        return false;
    };
    let (_, rest) = period_at_start(between);
    let between = rest.trim().to_lowercase();
    let before = line[..first.at.start].trim_end().to_lowercase();
    matches!(
        between.as_str(),
        "-" | "–"
            | "—"
            | "‒"
            | "−"
            | "--"
            | "to"
            | "up to"
            | "- up to"
            | "bis"
            | "bis zu"
            | "till"
            | "until"
    ) || (between == "and" && before.ends_with("between"))
}

fn quoted(
    first: &Amount,
    second: Option<&Amount>,
    around: &Around<'_>,
    proof: Proof,
) -> Option<Quoted> {
    let money = match (first.money, second.and_then(|second| second.money)) {
        (Some(one), Some(two)) => Some(one.joined(two)?),
        (one, two) => one.or(two),
    };
    let per = period(around);
    if money.is_none() && proof != Proof::Field {
        return None;
    }
    if proof == Proof::Surroundings && !speaks_of_pay(around, per, second.is_some()) {
        return None;
    }
    if names_something_else(around) {
        return None;
    }
    let (low, high) = match second {
        Some(second) => {
            let (low, high) = (scaled(first), scaled(second));
            // In "$120-150k" the "k" belongs to both.
            let low = match second.thousands && !first.thousands && first.value < 1_000.0 {
                true => low * 1_000.0,
                false => low,
            };
            let high = match first.thousands && !second.thousands && second.value < 1_000.0 {
                true => high * 1_000.0,
                false => high,
            };
            (Some(low), Some(high))
        }
        None if first.open || is_least(around.before) => (Some(scaled(first)), None),
        None if is_most(around.before) => (None, Some(scaled(first))),
        None => (Some(scaled(first)), Some(scaled(first))),
    };
    let (min, max) = (whole(low), whole(high));
    let likely = [min, max]
        .into_iter()
        .flatten()
        .all(|amount| is_likely(amount, per));
    let ordered = min.zip(max).is_none_or(|(min, max)| min <= max);
    (likely && ordered && (min.is_some() || max.is_some())).then_some(Quoted {
        min,
        max,
        money,
        per,
    })
}

fn scaled(amount: &Amount) -> f64 {
    amount.value * if amount.thousands { 1_000.0 } else { 1.0 }
}

/// The amount in whole units, half a unit up.
fn whole(amount: Option<f64>) -> Option<u64> {
    let amount = amount?.round();
    // Amounts have at most 12 digits before the point.
    (amount >= 1.0).then_some(amount as u64)
}

/// Whether somebody may be paid so: a wide net, to leave out dates, counts, and amounts in thousands without a "k".
fn is_likely(amount: u64, per: Option<Period>) -> bool {
    let (least, most) = match per {
        Some(Period::Hour) => (3, 20_000),
        Some(Period::Day) => (20, 200_000),
        Some(Period::Week) => (50, 1_000_000),
        Some(Period::Month) => (100, 20_000_000),
        Some(Period::Year) => (1_000, 1_000_000_000),
        None => (5_000, 1_000_000_000),
    };
    (least..=most).contains(&amount)
}

/// The time that an amount is for: right behind it, between the ends of a range, or named before it.
fn period(around: &Around<'_>) -> Option<Period> {
    period_at_start(around.after)
        .0
        .or_else(|| period_at_start(around.between).0)
        .or_else(|| period_named(around.before))
}

/// The time that a text begins with ("/hr", "per year", "p.a."), and the rest.
fn period_at_start(text: &str) -> (Option<Period>, &str) {
    let trimmed = text.trim_start_matches([' ', '\u{a0}', '+', ')', ',', '(', '*']);
    let lead = ["/", "per ", "a ", "an ", "each ", "pro ", "je "];
    let lower = trimmed
        .get(..trimmed.floor_char_boundary(24))
        .unwrap_or_default()
        .to_ascii_lowercase();
    for (word, per) in PERIODS {
        let unit = lead.iter().find_map(|lead| {
            let rest = lower.strip_prefix(lead)?;
            let spaces = rest.len() - rest.trim_start().len();
            ends_word(rest.trim_start().strip_prefix(word)?)
                .then_some(lead.len() + spaces + word.len())
        });
        if let Some(end) = unit {
            return (Some(*per), &trimmed[end..]);
        }
    }
    for (word, per) in ADVERBS {
        if let Some(rest) = lower.strip_prefix(word)
            && ends_word(rest)
        {
            return (Some(*per), &trimmed[word.len()..]);
        }
    }
    (None, text)
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(|letter: char| letter.is_alphanumeric())
}

/// Units behind "per", "a" or a slash.
const PERIODS: &[(&str, Period)] = &[
    ("hour", Period::Hour),
    ("hr", Period::Hour),
    ("h", Period::Hour),
    ("stunde", Period::Hour),
    ("day", Period::Day),
    ("diem", Period::Day),
    ("tag", Period::Day),
    ("week", Period::Week),
    ("wk", Period::Week),
    ("month", Period::Month),
    ("mo", Period::Month),
    ("mth", Period::Month),
    ("monat", Period::Month),
    ("year", Period::Year),
    ("yr", Period::Year),
    ("annum", Period::Year),
    ("jahr", Period::Year),
    ("y", Period::Year),
];

/// Words that name a time by themselves.
const ADVERBS: &[(&str, Period)] = &[
    ("hourly", Period::Hour),
    ("ph", Period::Hour),
    ("daily", Period::Day),
    ("weekly", Period::Week),
    ("monthly", Period::Month),
    ("pcm", Period::Month),
    ("annually", Period::Year),
    ("annual", Period::Year),
    ("yearly", Period::Year),
    ("p.a.", Period::Year),
    ("p.a", Period::Year),
    ("pa", Period::Year),
];

/// The time that a sentence names on its way to an amount ("The annual base salary is"); none where it names several.
fn period_named(before: &str) -> Option<Period> {
    period_in(last_sentence(before))
}

/// The one time that a text names; none where it names several.
pub fn period_in(text: &str) -> Option<Period> {
    let text = text.to_lowercase();
    let named =
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter_map(|word| match word {
                "hourly" | "hour" => Some(Period::Hour),
                "daily" => Some(Period::Day),
                "weekly" => Some(Period::Week),
                "monthly" | "month" => Some(Period::Month),
                "annual" | "annually" | "annualized" | "yearly" | "year" | "annum"
                | "jahresgehalt" => Some(Period::Year),
                _ => None,
            });
    let mut named: Vec<Period> = named.collect();
    named.dedup();
    match named[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The words of the sentence that a text ends in.
fn last_sentence(text: &str) -> &str {
    let start = [". ", "! ", "? ", "•"]
        .iter()
        .filter_map(|end| text.rfind(end).map(|at| at + end.len()));
    &text[start.max().unwrap_or(0)..]
}

/// Whether the words around an amount say that it is pay.
fn speaks_of_pay(around: &Around<'_>, per: Option<Period>, is_range: bool) -> bool {
    const PAY: &[&str] = &[
        "salary",
        "salaries",
        "compensation",
        "wage",
        "wages",
        "pay",
        "pays",
        "remuneration",
        "gehalt",
        "jahresgehalt",
        "vergütung",
        "salaire",
        "rate",
        "earn",
        "earning",
    ];
    let before = last_sentence(around.before).to_lowercase();
    let after = first_sentence(around.after).to_lowercase();
    let says = |text: &str| {
        text.split(|letter: char| !letter.is_alphanumeric())
            .any(|word| PAY.contains(&word))
    };
    // A range for a stated time is pay; anything less needs the word.
    (is_range && per.is_some()) || says(&before) || (is_range && says(&after))
}

fn first_sentence(text: &str) -> &str {
    let end = [". ", "! ", "? ", "•"]
        .iter()
        .filter_map(|end| text.find(end));
    &text[..end.min().unwrap_or(text.len())]
}

/// Whether the words right at an amount say that it is a bonus, a budget or a company's money.
fn names_something_else(around: &Around<'_>) -> bool {
    const BEFORE: &[&str] = &[
        "bonus",
        "stipend",
        "allowance",
        "budget",
        "equity",
        "revenue",
        "funding",
        "raised",
        "raising",
        "valuation",
        "reimbursement",
        "insurance",
        "discount",
        "savings",
        "commission",
        "grant",
        "referral",
        "arr",
        "worth",
        "assets",
        "deductible",
        "contribution",
        "match",
        "customers",
        "users",
    ];
    const AFTER: &[&str] = &[
        "bonus",
        "stipend",
        "allowance",
        "budget",
        "equity",
        "revenue",
        "funding",
        "reimbursement",
        "sign",
        "signing",
        "relocation",
        "referral",
        "arr",
        "raised",
        "commission",
        "match",
        "in",
        "of",
        "customers",
        "users",
        "employees",
        "companies",
        "company",
        "deals",
        "contribution",
    ];
    /// How many words count as right at it.
    const NEAR: usize = 4;
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|letter: char| !letter.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let before = words(last_sentence(around.before));
    let near_before = &before[before.len().saturating_sub(NEAR)..];
    let (_, after) = period_at_start(around.after);
    let after = words(first_sentence(after));
    // "plus equity" is another thing.
    let after = after
        .iter()
        .take(3)
        .take_while(|word| !matches!(word.as_str(), "plus" | "and" | "with" | "or"));
    // "in" and "of" count right behind the amount alone: "$5,000 in equity", "$100,000 of revenue".
    let near_after = after.enumerate().any(|(place, word)| {
        AFTER.contains(&word.as_str())
            && (place == 0 || !matches!(word.as_str(), "in" | "of" | "sign"))
    });
    near_before
        .iter()
        .any(|word| BEFORE.contains(&word.as_str()))
        || near_after
}

/// Whether the words before an amount make it the least.
fn is_least(before: &str) -> bool {
    ends_with(
        before,
        &[
            "from",
            "starting at",
            "starts at",
            "starting from",
            "at least",
            "minimum",
            "min",
            "ab",
            "minimum of",
            "over",
            "above",
        ],
    )
}

/// Whether the words before an amount make it the most.
fn is_most(before: &str) -> bool {
    ends_with(
        before,
        &[
            "up to",
            "to",
            "maximum",
            "max",
            "bis",
            "bis zu",
            "maximum of",
            "upto",
        ],
    )
}

fn ends_with(before: &str, endings: &[&str]) -> bool {
    let before = before
        .trim_end_matches([' ', ':', '\u{a0}', '.'])
        .to_lowercase();
    endings.iter().any(|ending| {
        before
            .strip_suffix(ending)
            .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const USD: Option<Money> = Some(Money::Currency("USD"));
    const EUR: Option<Money> = Some(Money::Currency("EUR"));
    const GBP: Option<Money> = Some(Money::Currency("GBP"));
    const DOLLAR: Option<Money> = Some(Money::Dollar);

    fn pay(min: u64, max: u64, money: Option<Money>, per: Option<Period>) -> Option<Quoted> {
        let end = |amount| (amount > 0).then_some(amount);
        Some(Quoted {
            min: end(min),
            max: end(max),
            money,
            per,
        })
    }

    #[test]
    fn a_field_for_pay_is_read_in_the_forms_that_people_write() {
        let (year, hour, month) = (Some(Period::Year), Some(Period::Hour), Some(Period::Month));
        let expected = [
            ("$120k–150k", pay(120_000, 150_000, DOLLAR, None)),
            ("$120-150k", pay(120_000, 150_000, DOLLAR, None)),
            ("$120K - $150K", pay(120_000, 150_000, DOLLAR, None)),
            ("€60.000", pay(60_000, 60_000, EUR, None)),
            ("60 000 € - 70 000 € brutto", pay(60_000, 70_000, EUR, None)),
            ("45/hr", pay(45, 45, None, hour)),
            ("45 per hour", pay(45, 45, None, hour)),
            ("$22.50 - $27.75 an hour", pay(23, 28, DOLLAR, hour)),
            (
                "£50,000 - £60,000 per annum",
                pay(50_000, 60_000, GBP, year),
            ),
            ("£50k-£60k pa", pay(50_000, 60_000, GBP, year)),
            (
                "USD 100,000.00 - USD 120,000.00",
                pay(100_000, 120_000, USD, None),
            ),
            (
                "100,000 - 120,000 USD / year",
                pay(100_000, 120_000, USD, year),
            ),
            ("US$100,000–US$120,000", pay(100_000, 120_000, USD, None)),
            ("USD $100,000", pay(100_000, 100_000, USD, None)),
            ("$100,000 USD", pay(100_000, 100_000, USD, None)),
            (
                "C$90,000",
                pay(90_000, 90_000, Some(Money::Currency("CAD")), None),
            ),
            (
                "CHF 110'000",
                pay(110_000, 110_000, Some(Money::Currency("CHF")), None),
            ),
            ("$120,000+", pay(120_000, 0, DOLLAR, None)),
            ("from €3,500 per month", pay(3_500, 0, EUR, month)),
            ("up to $150k a year", pay(0, 150_000, DOLLAR, year)),
            ("$50/hr - $60/hr", pay(50, 60, DOLLAR, hour)),
            ("Hourly: $50 - $60", pay(50, 60, DOLLAR, hour)),
            ("between 80k and 90k EUR", pay(80_000, 90_000, EUR, None)),
            (
                "$81K – $87K • 0.5% – 1.75% • Offers Bonus",
                pay(81_000, 87_000, DOLLAR, None),
            ),
            (
                "12.5k PLN / month",
                pay(12_500, 12_500, Some(Money::Currency("PLN")), month),
            ),
            ("", None),
            ("competitive", None),
            ("DOE", None),
            ("$45", None),
            ("$150k - $120k", None),
            ("€50k - $60k", None),
            ("12 LPA", None),
            ("$1.5M", None),
            ("0", None),
            ("2024", None),
            ("Zone A: $100k-$120k, zone B: $90k-$110k", None),
            ("99999999999999999999999", None),
        ];
        for (text, quoted) in expected {
            assert_eq!(in_field(text), quoted, "{text}");
        }
    }

    #[test]
    fn prose_is_read_where_it_speaks_of_pay_and_left_where_it_does_not() {
        let year = Some(Period::Year);
        let expected = [
            (
                "The annual base salary range for this role is $148,000 - $222,000 USD.",
                pay(148_000, 222_000, USD, year),
            ),
            (
                "Compensation\nSalary: €70,000–€85,000 plus equity",
                pay(70_000, 85_000, EUR, None),
            ),
            ("We pay $60/hour.", pay(60, 60, DOLLAR, Some(Period::Hour))),
            (
                "Pay range: $100,000 to $120,000 per year. The pay range is $100,000 to $120,000 per year.",
                pay(100_000, 120_000, DOLLAR, year),
            ),
            (
                "$120,000 - $150,000 a year",
                pay(120_000, 150_000, DOLLAR, year),
            ),
            ("We raised $120,000 - $150,000 last year", None),
            (
                "We serve 10,000 - 20,000 customers per year and pay well",
                None,
            ),
            ("a $5,000 sign-on bonus on top of your salary", None),
            ("salary plus an annual bonus of $10,000", None),
            ("a learning stipend of $6,000 per year", None),
            ("We manage $500,000,000 in assets", None),
            ("$100M in revenue", None),
            (
                "Join us in 2026. Salary is competitive. 401k match up to $10,000",
                None,
            ),
            (
                "Salary in SF: $150,000 - $200,000; in NYC: $140,000 - $190,000",
                None,
            ),
            ("Salary from 60.000 to 70.000", None),
        ];
        for (text, quoted) in expected {
            assert_eq!(in_prose(text), quoted, "{text}");
        }
    }

    #[test]
    fn a_title_needs_a_mark_of_money() {
        assert_eq!(
            in_title("Data Engineer ($120k–150k)"),
            pay(120_000, 150_000, DOLLAR, None)
        );
        assert_eq!(in_title("Data Engineer 2026, 40000 - 50000"), None);
        assert_eq!(in_title("Engineer II - 120000"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_the_ends_are_in_order(
            text in "(?s).{0,80}|((?i)[0-9]{1,13}|[.,' k+$€£%-]| to |per |hour|year|USD|salary|–|\u{a0}|CHF|ł){0,16}"
        ) {
            for quoted in [in_field(&text), in_title(&text), in_prose(&text)].into_iter().flatten() {
                prop_assert!(quoted.min.is_some() || quoted.max.is_some());
                prop_assert!(quoted.min.zip(quoted.max).is_none_or(|(min, max)| min <= max));
                prop_assert!([quoted.min, quoted.max].into_iter().flatten().all(|amount| (3..=1_000_000_000).contains(&amount)));
            }
        }

        #[test]
        fn what_is_written_is_read(low in 5_000_u64..500_000, more in 0_u64..500_000, form in 0_usize..5) {
            let high = low + more;
            let grouped = |number: u64, mark: &str| {
                let digits = number.to_string();
                let split = digits.len() - 3;
                format!("{}{mark}{}", &digits[..split], &digits[split..])
            };
            let text = match form {
                0 => format!("${low} - ${high} per year"),
                1 => format!("{} to {} USD annually", grouped(low, ","), grouped(high, ",")),
                2 => format!("€{}–{} p.a.", grouped(low, "."), grouped(high, ".")),
                3 => format!("Salary: £{} – £{} per annum", grouped(low, " "), grouped(high, " ")),
                _ => format!("The yearly pay is ${}.00 to ${}.50.", grouped(low, ","), grouped(high, ",")),
            };
            prop_assume!(high < 1_000_000);
            let quoted = in_field(&text);
            let high = if form == 4 { high + 1 } else { high };
            prop_assert_eq!(quoted.map(|quoted| (quoted.min, quoted.max, quoted.per)), Some((Some(low), Some(high), Some(Period::Year))), "{}", text);
        }
    }
}
