//! What the shipped knowledge base promises, over all of it.

use std::collections::HashMap;

use jiff::civil::{Date, date};
use waymark::knowledge::load::load;
use waymark::knowledge::names::Found;
use waymark::knowledge::source::Files;
use waymark::knowledge::{Career, Knowledge, Section};

const TODAY: Date = date(2026, 11, 23);

fn knowledge() -> Knowledge {
    load(&Files::Embedded, TODAY).expect("the embedded knowledge base loads")
}

#[test]
fn it_loads_without_a_warning() {
    let warnings: Vec<String> = knowledge()
        .warnings()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(warnings, Vec::<String>::new());
}

#[test]
fn it_holds_forty_seven_careers_and_the_articles_five_listings() {
    let knowledge = knowledge();
    assert_eq!(knowledge.careers().len(), 47);
    assert_eq!(knowledge.jobs().len(), 5);
    assert!(
        knowledge
            .jobs()
            .iter()
            .all(|job| job.url.is_none() && job.posted.is_none())
    );
}

#[test]
fn every_career_has_every_section_a_summary_and_a_day_of_review() {
    for career in knowledge().careers() {
        for section in Section::ALL {
            assert!(career.has(*section), "{} {}", career.id, section.id());
        }
        assert!(
            career.summary.is_some() && career.reviewed.is_some(),
            "{}",
            career.id
        );
        let within = |count: usize, least: usize, most: usize| (least..=most).contains(&count);
        assert!(within(career.responsibilities.len(), 5, 8), "{}", career.id);
        assert!(within(career.skills.len(), 5, 8), "{}", career.id);
        assert!(within(career.tips.len(), 4, 6), "{}", career.id);
        assert!(
            career
                .related
                .iter()
                .all(|related| related.differs.is_some()),
            "{}",
            career.id
        );
    }
}

#[test]
fn no_sentence_stands_word_for_word_in_two_careers() {
    let knowledge = knowledge();
    let mut seen: HashMap<String, &str> = HashMap::new();
    for career in knowledge.careers() {
        for sentence in sentences(career) {
            if let Some(other) = seen.insert(sentence.to_lowercase(), career.id.as_str()) {
                panic!("{other} and {} both say: {sentence}", career.id);
            }
        }
    }
}

fn sentences(career: &Career) -> Vec<&str> {
    let duties = career.responsibilities.iter().map(String::as_str);
    let notes = career
        .skills
        .iter()
        .filter_map(|skill| skill.note.as_deref());
    let tips = career.tips.iter().map(|tip| tip.text.as_str());
    let others = [
        career.definition.as_str(),
        career.summary.as_deref().unwrap_or_default(),
    ];
    duties.chain(notes).chain(tips).chain(others).collect()
}

#[test]
fn every_figure_names_a_source_that_is_listed_with_its_address() {
    for career in knowledge().careers() {
        let outlook = career.outlook.as_ref().expect("checked above");
        let salary = career.salary.as_ref().expect("checked above");
        let growth = outlook
            .growth
            .iter()
            .chain(&outlook.earlier)
            .map(|one| &one.source);
        let openings = outlook.openings.iter().map(|one| &one.source);
        let employment = outlook.employment.iter().map(|one| &one.source);
        let entry = career.entry_education.iter().map(|one| &one.source);
        let median = salary.median.iter().map(|one| &one.source);
        let levels = salary.levels.iter().map(|one| &one.source);
        let all = growth
            .chain(openings)
            .chain(employment)
            .chain(entry)
            .chain(median)
            .chain(levels);
        for key in all {
            let source = career
                .source(key)
                .unwrap_or_else(|| panic!("{}: {key}", career.id));
            assert!(source.url.is_some() && source.licence.is_some(), "{key}");
        }
    }
}

#[test]
fn every_name_and_alias_means_its_career_and_every_narrower_title_the_wider_one() {
    let knowledge = knowledge();
    for career in knowledge.careers() {
        for name in std::iter::once(&career.name)
            .chain(&career.aliases)
            .chain(&career.fields)
        {
            assert_eq!(knowledge.find_career(name), Found::Career(career), "{name}");
        }
        for title in &career.narrower {
            assert_eq!(
                knowledge.find_career(title),
                Found::Narrower(career, title),
                "{title}"
            );
        }
        for short in &career.ambiguous {
            let found = knowledge.find_career(short);
            assert!(
                matches!(&found, Found::Unsure(near) if near.contains(&career)),
                "{short}: {found:?}"
            );
        }
    }
}

#[test]
fn every_skill_and_tool_has_one_spelling() {
    let knowledge = knowledge();
    for career in knowledge.careers() {
        for name in career.all_skills().chain(career.all_tools()) {
            let found = knowledge.find_skill(name).map(|skill| skill.name.as_str());
            assert_eq!(found, Some(name), "{}", career.id);
        }
    }
}

#[test]
fn the_articles_figure_stays_as_the_projection_it_was() {
    let knowledge = knowledge();
    for id in ["machine-learning-engineer", "data-manager"] {
        let career = knowledge
            .careers()
            .iter()
            .find(|career| career.id.as_str() == id);
        let outlook = career
            .and_then(|career| career.outlook.as_ref())
            .expect("both have one");
        let earlier: Vec<_> = outlook
            .earlier
            .iter()
            .map(|one| (one.percent, one.from, one.to))
            .collect();
        assert_eq!(earlier, [(31.0, 2019, 2029)]);
    }
}

#[test]
fn the_template_loads_once_it_is_copied() {
    let folder = tempfile::tempdir().unwrap();
    let careers = folder.path().join("careers");
    std::fs::create_dir(&careers).unwrap();
    let template = include_str!("../docs/templates/career.toml");
    let template = template.replace(
        "[[related]]\ncareer = \"software-engineer\"",
        "[[related]]\ncareer = \"other\"",
    );
    std::fs::write(careers.join("example-engineer.toml"), template).unwrap();
    let other = "name = \"Other\"\ncategory = \"software\"\ndefinition = \"Another.\"\n";
    std::fs::write(careers.join("other.toml"), other).unwrap();
    let knowledge = load(&Files::Folder(folder.path().to_owned()), TODAY).expect("it loads");
    assert_eq!(knowledge.careers().len(), 2);
}
