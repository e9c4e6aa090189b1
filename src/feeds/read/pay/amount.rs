//! Amounts of money in a text: "$120k", "60.000 €", "USD 1,234.50".

use std::ops::Range;

use super::Money;

/// A number in a text, with what stands at it.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// Where it stands, marks of money included.
    pub at: Range<usize>,
    /// The number as it is written.
    pub value: f64,
    /// Whether a "k" stands behind it.
    pub thousands: bool,
    /// Whether a "+" stands behind it.
    pub open: bool,
    /// The money that its marks name.
    pub money: Option<Money>,
}

/// Marks of money: the longer ones first.
const MARKS: &[(&str, Money)] = &[
    ("US$", Money::Currency("USD")),
    ("CA$", Money::Currency("CAD")),
    ("AU$", Money::Currency("AUD")),
    ("NZ$", Money::Currency("NZD")),
    ("HK$", Money::Currency("HKD")),
    ("MX$", Money::Currency("MXN")),
    ("C$", Money::Currency("CAD")),
    ("A$", Money::Currency("AUD")),
    ("S$", Money::Currency("SGD")),
    ("R$", Money::Currency("BRL")),
    ("$", Money::Dollar),
    ("€", Money::Currency("EUR")),
    ("£", Money::Currency("GBP")),
    ("₹", Money::Currency("INR")),
    ("₪", Money::Currency("ILS")),
    ("₩", Money::Currency("KRW")),
    ("₺", Money::Currency("TRY")),
    ("₴", Money::Currency("UAH")),
    ("₦", Money::Currency("NGN")),
    ("₱", Money::Currency("PHP")),
    ("zł", Money::Currency("PLN")),
    ("USD", Money::Currency("USD")),
    ("EUR", Money::Currency("EUR")),
    ("GBP", Money::Currency("GBP")),
    ("CAD", Money::Currency("CAD")),
    ("AUD", Money::Currency("AUD")),
    ("NZD", Money::Currency("NZD")),
    ("SGD", Money::Currency("SGD")),
    ("HKD", Money::Currency("HKD")),
    ("INR", Money::Currency("INR")),
    ("ILS", Money::Currency("ILS")),
    ("NIS", Money::Currency("ILS")),
    ("CHF", Money::Currency("CHF")),
    ("PLN", Money::Currency("PLN")),
    ("SEK", Money::Currency("SEK")),
    ("NOK", Money::Currency("NOK")),
    ("DKK", Money::Currency("DKK")),
    ("CZK", Money::Currency("CZK")),
    ("HUF", Money::Currency("HUF")),
    ("RON", Money::Currency("RON")),
    ("UAH", Money::Currency("UAH")),
    ("TRY", Money::Currency("TRY")),
    ("JPY", Money::Currency("JPY")),
    ("CNY", Money::Currency("CNY")),
    ("KRW", Money::Currency("KRW")),
    ("BRL", Money::Currency("BRL")),
    ("MXN", Money::Currency("MXN")),
    ("ZAR", Money::Currency("ZAR")),
    ("AED", Money::Currency("AED")),
    ("PHP", Money::Currency("PHP")),
    ("NGN", Money::Currency("NGN")),
];

/// What makes a number something else than pay when it stands right behind it.
const NOT_PAY: &[&str] = &[
    "%", "m", "mm", "mn", "b", "bn", "million", "billion", "trillion", "lakh", "lakhs", "lpa", "l",
    "cr", "crore",
];

/// The amounts of a text, in order. Numbers that cannot be pay (dates, versions, percentages, millions) are left out.
pub fn amounts(text: &str) -> Vec<Amount> {
    let mut amounts = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(|letter: char| letter.is_ascii_digit()) {
        let start = from + start;
        let (value, mut end) = number(text, start);
        from = end;
        let Some(value) = value else { continue };
        let (thousands, after) = kilo(text, end);
        end = after;
        let mut at = start..end;
        let mut money = None;
        if let Some((mark, length)) = mark_before(&text[..start]) {
            money = Some(mark);
            at.start -= length;
        }
        let open = text[end..].starts_with('+');
        if open {
            at.end += 1;
        }
        if let Some((mark, length)) = mark_after(&text[at.end..]) {
            money = match (money, mark) {
                (Some(before), after) => before.joined(after),
                (None, after) => Some(after),
            };
            at.end += length;
        }
        if stands_alone(text, &at, start, end) && !(thousands && value == 401.0) {
            from = at.end.max(from);
            amounts.push(Amount {
                at,
                value,
                thousands,
                open,
                money,
            });
        }
    }
    amounts
}

/// Whether no letter, digit or sign makes the number a part of something else.
fn stands_alone(text: &str, at: &Range<usize>, start: usize, end: usize) -> bool {
    let before = text[..at.start].chars().next_back();
    let glued_before = before.is_some_and(|letter| {
        letter.is_alphanumeric()
            || (at.start == start && matches!(letter, '.' | ',' | '#' | ':' | '_'))
    });
    let rest = &text[end..];
    let next_word: String = rest
        .trim_start_matches([' ', '\u{a0}'])
        .chars()
        .take_while(|letter| letter.is_alphanumeric() || *letter == '%')
        .flat_map(char::to_lowercase)
        .collect();
    let glued_after = at.end == end
        && rest.starts_with(|letter: char| letter.is_alphanumeric() || matches!(letter, ':' | '_'))
        && !matches!(next_word.as_str(), "p" | "pa" | "ph" | "per" | "pcm");
    !glued_before && !glued_after && !NOT_PAY.contains(&next_word.as_str())
}

/// The number that begins here, and where it ends; none where its separators make no sense.
fn number(text: &str, start: usize) -> (Option<f64>, usize) {
    let digits = |from: usize| {
        let count = text[from..].bytes().take_while(u8::is_ascii_digit).count();
        from..from + count
    };
    let mut whole = text[digits(start)].to_owned();
    let mut end = start + whole.len();
    let mut separator = None;
    // Groups of three digits: 60,000 and 60.000 and 60 000 and 60'000.
    while let Some(mark) = text[end..].chars().next() {
        let group = digits(end + mark.len_utf8());
        let is_separator = matches!(mark, ',' | '.' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}');
        let fits = separator.is_none_or(|other| other == mark) && whole.len() <= 12;
        let first_fits = separator.is_some() || (whole.len() <= 3 && !whole.starts_with('0'));
        if !is_separator || group.len() != 3 || !fits || !first_fits {
            break;
        }
        whole.push_str(&text[group.clone()]);
        separator = Some(mark);
        end = group.end;
    }
    // One or two digits behind the other mark: 1,234.50 and 22.5.
    let mut fraction = String::new();
    if let Some(mark @ ('.' | ',')) = text[end..].chars().next() {
        let group = digits(end + 1);
        if (1..=2).contains(&group.len()) && separator != Some(mark) {
            fraction = text[group.clone()].to_owned();
            end = group.end;
        } else if !group.is_empty() {
            // 1.2.3, 1,2345: a version, a list of numbers.
            return (None, group.end);
        }
    }
    if whole.len() > 12 {
        return (None, end);
    }
    (format!("{whole}.{fraction}0").parse().ok(), end)
}

/// Whether a "k" stands behind the number, and where it ends then.
fn kilo(text: &str, end: usize) -> (bool, usize) {
    let rest = &text[end..];
    let (rest, space) = rest.strip_prefix(' ').map_or((rest, 0), |rest| (rest, 1));
    match rest.strip_prefix(['k', 'K']) {
        Some(behind) if !behind.starts_with(char::is_alphanumeric) => (true, end + space + 1),
        _ => (false, end),
    }
}

/// The mark of money that ends this text, perhaps before a space, and its length with the space.
fn mark_before(text: &str) -> Option<(Money, usize)> {
    let trimmed = text.trim_end_matches([' ', '\u{a0}']);
    let space = text.len() - trimmed.len();
    if space > 2 {
        return None;
    }
    let (mark, money) = MARKS.iter().find(|(mark, _)| trimmed.ends_with(mark))?;
    let before = &trimmed[..trimmed.len() - mark.len()];
    let glued = mark.starts_with(char::is_alphabetic) && before.ends_with(char::is_alphanumeric);
    let length = mark.len() + space;
    if *money == Money::Dollar
        && let Some((named, more)) = mark_before(before)
        && named.is_dollar()
    {
        // "USD $120": both marks belong to it.
        return Some((named, length + more));
    }
    (!glued).then_some((*money, length))
}

/// The mark of money that begins this text, perhaps behind a space, and its length with the space.
fn mark_after(text: &str) -> Option<(Money, usize)> {
    let trimmed = text.trim_start_matches([' ', '\u{a0}']);
    let space = text.len() - trimmed.len();
    if space > 2 {
        return None;
    }
    let (mark, money) = MARKS.iter().find(|(mark, _)| trimmed.starts_with(mark))?;
    let rest = &trimmed[mark.len()..];
    let glued = rest.starts_with(char::is_alphanumeric)
        || (*money == Money::Dollar
            && rest.starts_with(|letter: char| letter.is_ascii_digit() || letter == ' '));
    // "100 $120": the dollar belongs to the next number.
    (!glued).then_some((*money, mark.len() + space))
}
