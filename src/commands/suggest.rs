//! Suggestions while an option is typed: careers, companies, locations, best first, at most 25.

use super::service::Suggestion;
use super::table::{Command, OptionKind};
use crate::knowledge::Knowledge;
use crate::reply::limits::{CHOICE, SUGGESTIONS};
use crate::reply::text;

/// Suggests values for one option of one command; none where there is no such option, or nothing to suggest for it.
pub fn suggest(knowledge: &Knowledge, path: &str, option: &str, typed: &str) -> Vec<Suggestion> {
    Command::find(path)
        .and_then(|command| command.option(option))
        .map(|option| suggest_kind(knowledge, option.kind, typed))
        .unwrap_or_default()
}

fn suggest_kind(knowledge: &Knowledge, kind: OptionKind, typed: &str) -> Vec<Suggestion> {
    let texts = match kind {
        OptionKind::Career => return suggest_careers(knowledge, typed),
        OptionKind::Company(_) => knowledge.complete_company(typed, SUGGESTIONS),
        OptionKind::Location(_) => knowledge.complete_location(typed, SUGGESTIONS),
        OptionKind::Skills(_) => return suggest_skills(knowledge, typed),
        OptionKind::Choice(_)
        | OptionKind::Command
        | OptionKind::Text(_)
        | OptionKind::Flag
        | OptionKind::Whole(..) => Vec::new(),
    };
    let max = kind.max_length().min(CHOICE);
    let suggestions = texts.into_iter().map(|full| Suggestion {
        name: text::shorten(&text::plain(full), CHOICE),
        value: first_words(&text::plain(full), max).to_owned(),
    });
    suggestions
        .filter(|suggestion| !suggestion.value.is_empty())
        .collect()
}

/// The list so far, its last item completed.
fn suggest_skills(knowledge: &Knowledge, typed: &str) -> Vec<Suggestion> {
    let (before, last) = typed.rsplit_once(',').unwrap_or(("", typed));
    let before: Vec<&str> = before
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect();
    let skills = knowledge.complete_skill(last, SUGGESTIONS);
    let lists = skills.into_iter().map(|skill| {
        let items: Vec<&str> = before
            .iter()
            .copied()
            .chain([skill.name.as_str()])
            .collect();
        text::plain(&items.join(", "))
    });
    // A list that is too long for a suggestion could only be sent in part.
    lists
        .filter(|list| list.chars().count() <= CHOICE)
        .map(|list| Suggestion {
            name: list.clone(),
            value: list,
        })
        .collect()
}

fn suggest_careers(knowledge: &Knowledge, typed: &str) -> Vec<Suggestion> {
    let careers = knowledge.complete_career(typed, SUGGESTIONS);
    let suggestions = careers.into_iter().map(|career| Suggestion {
        name: text::shorten(&text::plain(&career.name), CHOICE),
        value: career.id.to_string(),
    });
    suggestions.collect()
}

/// As many whole words as fit into `max` characters; a part of the first where not even that fits. A filter finds a
/// text by its first words.
fn first_words(line: &str, max: usize) -> &str {
    let Some((end, _)) = line.char_indices().nth(max) else {
        return line;
    };
    let cut = &line[..end];
    let at_word = line[end..].starts_with(' ');
    match cut.rfind(' ') {
        Some(space) if !at_word => &cut[..space],
        _ => cut,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::knowledge::fixtures::{career, job, knowledge};
    use crate::knowledge::search::JobQuery;

    const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);

    fn fixture() -> Knowledge {
        let careers = vec![
            career("data-engineer", "Data Engineer", &["data eng"]),
            career(
                "machine-learning-engineer",
                "Machine Learning Engineer",
                &["MLE"],
            ),
        ];
        let jobs = vec![
            job(
                "1",
                "Data Engineer",
                "murmuration",
                Some("Remote (anywhere in the U.S.)"),
            ),
            job(
                "2",
                "Data Scientist",
                "murmuration",
                Some("Remote (anywhere in the U.S.)"),
            ),
            job(
                "3",
                "Professor",
                "Rochester Institute of Technology",
                Some("Rochester, NY"),
            ),
            job(
                "4",
                "Clerk",
                &"Long Company Name ".repeat(20),
                Some(&"x".repeat(300)),
            ),
        ];
        knowledge(careers, jobs)
    }

    fn values(kind: OptionKind, typed: &str) -> Vec<String> {
        let suggestions = suggest_kind(&fixture(), kind, typed);
        suggestions
            .into_iter()
            .map(|suggestion| suggestion.value)
            .collect()
    }

    #[test]
    fn a_career_shows_its_name_and_sends_its_id_whatever_name_was_typed() {
        let expected = Suggestion {
            name: "Machine Learning Engineer".to_owned(),
            value: "machine-learning-engineer".to_owned(),
        };
        for typed in ["mle", "MACH", "machine-learning-engineer", "mahcine"] {
            assert_eq!(
                suggest_kind(&fixture(), OptionKind::Career, typed),
                std::slice::from_ref(&expected),
                "{typed}"
            );
        }
        assert_eq!(
            values(OptionKind::Career, ""),
            ["data-engineer", "machine-learning-engineer"]
        );
    }

    #[test]
    fn companies_and_locations_come_best_first() {
        assert_eq!(values(OptionKind::Company(50), "")[0], "murmuration");
        assert_eq!(
            values(OptionKind::Company(50), "techn"),
            ["Rochester Institute of Technology"]
        );
        assert_eq!(
            values(OptionKind::Location(50), "new york"),
            ["Rochester, NY"]
        );
        assert_eq!(
            values(OptionKind::Location(50), "rochestre"),
            ["Rochester, NY"]
        );
    }

    #[test]
    fn nothing_is_suggested_for_other_kinds_and_for_what_does_not_exist() {
        for kind in [
            OptionKind::Flag,
            OptionKind::Text(50),
            OptionKind::Whole(1, 9),
            OptionKind::Command,
        ] {
            assert_eq!(values(kind, ""), Vec::<String>::new(), "{kind:?}");
        }
        assert_eq!(suggest(&fixture(), "no such command", "career", ""), []);
    }

    #[test]
    fn a_long_text_is_sent_as_its_first_words_and_shown_with_an_ellipsis() {
        let suggestions = suggest_kind(&fixture(), OptionKind::Company(50), "long");
        assert_eq!(suggestions.len(), 1);
        assert_eq!(
            suggestions[0].value,
            "Long Company Name Long Company Name Long Company"
        );
        assert!(
            suggestions[0].name.starts_with("Long Company Name")
                && suggestions[0].name.ends_with('…')
        );
        assert_eq!(values(OptionKind::Location(50), "xxx"), ["x".repeat(50)]);
        assert_eq!(first_words("ab cd", 2), "ab");
        assert_eq!(first_words("ab cd", 4), "ab");
        assert_eq!(first_words("ab cd", 5), "ab cd");
    }

    #[test]
    fn what_is_sent_finds_the_listings_it_was_suggested_for() {
        let knowledge = fixture();
        for company in suggest_kind(&knowledge, OptionKind::Company(50), "") {
            let query = JobQuery {
                company: Some(company.value),
                ..JobQuery::default()
            };
            assert_ne!(knowledge.find_jobs(&query, TODAY, 0..0).total, 0);
        }
        for location in suggest_kind(&knowledge, OptionKind::Location(50), "") {
            let query = JobQuery {
                location: Some(location.value),
                ..JobQuery::default()
            };
            assert_ne!(knowledge.find_jobs(&query, TODAY, 0..0).total, 0);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_gets_suggestions_within_discords_limits(typed in any::<String>(), company in "[ -~é🙂]{1,300}") {
            let knowledge = knowledge(Vec::new(), vec![job("1", "Clerk", &company, Some(&company))]);
            for kind in [OptionKind::Career, OptionKind::Company(40), OptionKind::Location(200)] {
                for typed in [typed.as_str(), ""] {
                    let suggestions = suggest_kind(&knowledge, kind, typed);
                    prop_assert!(suggestions.len() <= SUGGESTIONS);
                    for Suggestion { name, value } in suggestions {
                        prop_assert!((1..=CHOICE).contains(&name.chars().count()));
                        prop_assert!((1..=kind.max_length().min(CHOICE)).contains(&value.chars().count()));
                    }
                }
            }
        }
    }
}
