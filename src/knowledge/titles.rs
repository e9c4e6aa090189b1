//! What job titles have in common: short forms, seniority, the field that stands for the person.

use super::fold::is_filler;

/// Short forms that mean one thing in a job title.
const SHORT_FORMS: &[(&str, &[&str])] = &[
    ("admin", &["administrator"]),
    ("ai", &["artificial", "intelligence"]),
    ("assoc", &["associate"]),
    ("asst", &["assistant"]),
    ("bi", &["business", "intelligence"]),
    ("biz", &["business"]),
    ("cv", &["computer", "vision"]),
    ("db", &["database"]),
    ("dev", &["developer"]),
    ("devsecop", &["devop"]),
    ("dl", &["deep", "learning"]),
    ("eng", &["engineer"]),
    ("engg", &["engineer"]),
    ("engr", &["engineer"]),
    ("gen", &["generative"]),
    ("genai", &["generative", "artificial", "intelligence"]),
    ("infosec", &["information", "security"]),
    ("jnr", &["junior"]),
    ("jr", &["junior"]),
    ("llm", &["large", "language", "model"]),
    ("mgr", &["manager"]),
    ("ml", &["machine", "learning"]),
    ("nlp", &["natural", "language", "processing"]),
    ("programme", &["program"]),
    ("sci", &["scientist"]),
    ("snr", &["senior"]),
    ("sr", &["senior"]),
    ("sw", &["software"]),
    ("tech", &["technical"]),
];

/// Words that say how senior somebody is or how they are employed, not which career they have.
const SENIORITY: &[&str] = &[
    "1",
    "2",
    "3",
    "apprentice",
    "aspiring",
    "associate",
    "entry",
    "experienced",
    "freelance",
    "fulltime",
    "graduate",
    "ii",
    "iii",
    "intern",
    "internship",
    "iv",
    "jnr",
    "jr",
    "junior",
    "lead",
    "level",
    "mid",
    "midlevel",
    "parttime",
    "principal",
    "remote",
    "senior",
    "snr",
    "sr",
    "staff",
    "trainee",
];

/// Fields, and who works in them.
const PEOPLE: &[(&str, &str)] = &[
    ("administration", "administrator"),
    ("analysis", "analyst"),
    ("architecture", "architect"),
    ("development", "developer"),
    ("engineering", "engineer"),
    ("management", "manager"),
    ("programming", "programmer"),
    ("research", "researcher"),
    ("science", "scientist"),
    ("statistic", "statistician"),
];

/// What a short form means, if the word is one.
pub fn long_form(word: &str) -> Option<&'static [&'static str]> {
    let found = SHORT_FORMS.iter().find(|(short, _)| *short == word);
    found.map(|(_, meaning)| *meaning)
}

/// The word without the number of a grade at its end ("sde2" -> "sde"), where it has one.
pub fn without_number(word: &str) -> Option<&str> {
    let bare = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    (bare.len() > 2 && bare.len() < word.len()).then_some(bare)
}

/// The words with every short form written out.
pub fn written_out(words: &[String]) -> Vec<String> {
    let mut long = Vec::with_capacity(words.len());
    for word in words {
        match long_form(word) {
            Some(meaning) => long.extend(meaning.iter().map(|word| (*word).to_owned())),
            None => long.push(word.clone()),
        }
    }
    long
}

/// The short forms of what the words write out.
pub fn short_forms(words: &[String]) -> impl Iterator<Item = String> {
    let written_out =
        |meaning: &[&str]| words.windows(meaning.len()).any(|window| window == meaning);
    let known = SHORT_FORMS.iter();
    known
        .filter(move |(_, meaning)| written_out(meaning))
        .map(|(short, _)| (*short).to_owned())
}

/// Whether a folded word says how senior somebody is or how they are employed.
pub fn is_seniority(word: &str) -> bool {
    SENIORITY.contains(&word)
}

/// The words without fillers; all of them where nothing else is there.
pub fn without_fillers(words: &[String]) -> Vec<String> {
    without(words, is_filler)
}

/// The words without seniority; all of them where nothing else is there.
pub fn without_seniority(words: &[String]) -> Vec<String> {
    without(words, is_seniority)
}

/// The words with the field at their end turned into who works in it ("data engineering" -> "data engineer").
pub fn as_person(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut()
        && let Some((_, person)) = PEOPLE.iter().find(|(field, _)| field == last)
    {
        *last = (*person).to_owned();
    }
    words
}

fn without(words: &[String], unwanted: impl Fn(&str) -> bool) -> Vec<String> {
    let kept: Vec<_> = words
        .iter()
        .filter(|word| !unwanted(word))
        .cloned()
        .collect();
    if kept.is_empty() {
        words.to_vec()
    } else {
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fold;

    #[test]
    fn a_title_is_reduced_to_what_names_the_career() {
        let reduced = |text: &str| {
            as_person(&without_seniority(&without_fillers(&written_out(
                &fold::words(text),
            ))))
            .join(" ")
        };
        assert_eq!(
            reduced("a Sr. ML eng position"),
            "machine learning engineer"
        );
        assert_eq!(
            reduced("becoming an entry-level DB admin"),
            "database administrator"
        );
        assert_eq!(reduced("Data Engineering II"), "data engineer");
        assert_eq!(reduced("the senior"), "senior");
    }
}
