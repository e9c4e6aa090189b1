//! How senior a job is, by a field of its feed or by its title.

use crate::knowledge::Level;

/// What a feed's own field says: "Mid-Senior level" says two things, and so nothing.
pub fn of_field(text: &str) -> Option<Level> {
    let words = words(text);
    let levels = words.iter().filter_map(|word| match word.as_str() {
        "entry" | "intern" | "internship" | "junior" | "graduate" | "trainee" => Some(Level::Entry),
        "mid" | "middle" | "intermediate" => Some(Level::Mid),
        "senior" | "lead" | "principal" | "staff" => Some(Level::Senior),
        "executive" | "director" => Some(Level::Executive),
        _ => None,
    });
    only(levels)
}

/// What a job's title says. Words that say two things, and so nothing: "Junior/Senior Developer".
pub fn of_title(title: &str) -> Option<Level> {
    let first = first_part(title);
    if leads_an_organisation(&words(first)) {
        return Some(Level::Executive);
    }
    let words = words(title);
    let at = |place: usize| words.get(place).map_or("", String::as_str);
    let by_word = (0..words.len()).filter_map(|place| {
        let before = place.checked_sub(1).map_or("", at);
        let (word, next) = (at(place), at(place + 1));
        match word {
            "intern" | "interns" | "internship" | "trainee" | "apprentice" | "apprenticeship"
            | "junior" | "jr" | "jnr" => Some(Level::Entry),
            "entry" if next == "level" => Some(Level::Entry),
            "graduate" if !GRADUATE_OF.contains(&next) => Some(Level::Entry),
            "grad" if before == "new" => Some(Level::Entry),
            "student" if before == "working" => Some(Level::Entry),
            "mid" | "midlevel" | "intermediate" => Some(Level::Mid),
            "senior" if !SENIOR_OF.contains(&next) => Some(Level::Senior),
            "sr" | "snr" | "principal" if !HEADS_OF_SCHOOLS.contains(&before) => {
                Some(Level::Senior)
            }
            "lead" if !LEAD_OF.contains(&next) => Some(Level::Senior),
            "staff" if before != "of" && is_ladder(&words) => Some(Level::Senior),
            _ => None,
        }
    });
    let mut levels: Vec<Level> = by_word.collect();
    levels.extend(numeral(first));
    only(levels.into_iter())
}

/// Where "graduate" says for whom, not how senior: "Graduate Admissions".
const GRADUATE_OF: &[&str] = &[
    "admissions",
    "advisor",
    "medical",
    "nurse",
    "program",
    "programs",
    "school",
    "studies",
];
/// Where "senior" says for whom: "Senior Living", "Senior Center".
const SENIOR_OF: &[&str] = &[
    "care", "center", "centers", "citizen", "citizens", "housing", "living", "services",
];
/// "Assistant Principal" works at a school.
const HEADS_OF_SCHOOLS: &[&str] = &["assistant", "elementary", "school", "vice"];
/// Where "lead" is no person who leads.
const LEAD_OF: &[&str] = &[
    "abatement",
    "based",
    "free",
    "gen",
    "generation",
    "generator",
    "hazard",
    "inspection",
    "inspector",
    "management",
    "paint",
    "poisoning",
    "qualification",
    "risk",
    "service",
    "testing",
];

/// Whether "Staff" is a step of a ladder: a staff engineer is one, a staff nurse or analyst is not.
fn is_ladder(words: &[String]) -> bool {
    const LADDERS: &[&str] = &[
        "architect",
        "designer",
        "developer",
        "engineer",
        "programmer",
        "researcher",
        "scientist",
        "sre",
    ];
    let product = words
        .windows(2)
        .any(|pair| matches!(&pair[0][..], "product" | "program") && pair[1] == "manager");
    product || words.iter().any(|word| LADDERS.contains(&word.as_str()))
}

/// Heads, chiefs and vice presidents; directors unless somebody else's, or of an art.
fn leads_an_organisation(words: &[String]) -> bool {
    /// Who works for one, or is one in name.
    const FOR_ONE: &[&str] = &[
        "advisor",
        "adviser",
        "aide",
        "analyst",
        "assistant",
        "associate",
        "counsel",
        "deputy",
        "office",
        "partner",
        "secretary",
        "support",
        "to",
    ];
    const ARTS: &[&str] = &[
        "art",
        "casting",
        "creative",
        "funeral",
        "lighting",
        "music",
        "photography",
        "stage",
    ];
    const CHIEFS: &[&str] = &[
        "ceo", "cfo", "chro", "cio", "ciso", "cmo", "coo", "cpo", "cro", "cto", "evp", "svp", "vp",
    ];
    let place = (0..words.len()).find(|&place| {
        let next = words.get(place + 1).map_or("", String::as_str);
        let chief =
            words[place] == "chief" && words[place..].iter().take(5).any(|word| word == "officer");
        match words[place].as_str() {
            "head" => next == "of",
            "vice" => next == "president",
            "director" => !words.iter().any(|word| ARTS.contains(&word.as_str())),
            word => chief || CHIEFS.contains(&word),
        }
    });
    place.is_some_and(|place| {
        let for_one = |word: &String| FOR_ONE.contains(&word.as_str());
        !words[..place].iter().any(for_one)
            && !words[place..].iter().any(|word| word == "assistant")
    })
}

/// The step that a numeral at the end names: "Engineer II".
fn numeral(part: &str) -> Option<Level> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let [.., before, last] = words[..] else {
        return None;
    };
    // "Phase II", "Shift 2", "Level 2" of a house count something else.
    const COUNTED: &[&str] = &[
        "area", "class", "district", "group", "level", "phase", "region", "shift", "tier", "type",
        "unit", "zone",
    ];
    let is_word = before.chars().all(char::is_alphabetic);
    if !is_word || COUNTED.contains(&before.to_lowercase().as_str()) {
        return None;
    }
    match last {
        "I" => Some(Level::Entry),
        "II" => Some(Level::Mid),
        "III" | "IV" | "V" => Some(Level::Senior),
        _ => None,
    }
}

/// A title without what stands behind a comma, a dash or a parenthesis.
fn first_part(title: &str) -> &str {
    let end = [",", "(", "[", "|", " - ", " – ", " — ", ":"]
        .iter()
        .filter_map(|mark| title.find(mark))
        .min();
    title[..end.unwrap_or(title.len())].trim()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The one level, where there is exactly one.
fn only(mut levels: impl Iterator<Item = Level>) -> Option<Level> {
    let first = levels.next()?;
    levels.all(|level| level == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_title_says_how_senior_a_job_is_or_nothing() {
        let expected = [
            (Some(Level::Entry), "Software Engineering Intern"),
            (Some(Level::Entry), "Jr. Data Analyst"),
            (Some(Level::Entry), "Entry-Level Developer"),
            (Some(Level::Entry), "Graduate Software Engineer"),
            (Some(Level::Entry), "Software Engineer, New Grad 2027"),
            (Some(Level::Entry), "Working Student Data (m/w/d)"),
            (Some(Level::Entry), "Software Engineer I"),
            (Some(Level::Mid), "Software Engineer II"),
            (Some(Level::Mid), "Software Engineer II, Payments"),
            (Some(Level::Mid), "Mid-level Data Engineer"),
            (Some(Level::Senior), "Sr. Data Engineer"),
            (Some(Level::Senior), "SENIOR DATA ENGINEER"),
            (Some(Level::Senior), "Data Engineer (Senior)"),
            (Some(Level::Senior), "Software Engineer III"),
            (Some(Level::Senior), "Staff Software Engineer"),
            (
                Some(Level::Senior),
                "Senior Staff Machine Learning Engineer",
            ),
            (Some(Level::Senior), "Staff Product Manager"),
            (Some(Level::Senior), "Principal Scientist"),
            (Some(Level::Senior), "Lead Data Engineer"),
            (Some(Level::Senior), "Team Lead, Platform"),
            (Some(Level::Executive), "VP of Engineering"),
            (Some(Level::Executive), "Senior Vice President, Data"),
            (Some(Level::Executive), "Head of Data Science"),
            (Some(Level::Executive), "Chief Technology Officer"),
            (Some(Level::Executive), "Director, Data Engineering"),
            (Some(Level::Executive), "EXECUTIVE DIRECTOR OF POLICY"),
            (None, "Data Engineer"),
            (None, "Junior/Senior Developer"),
            (None, "Senior Engineer II"),
            (None, "Staff Nurse"),
            (None, "Chief of Staff"),
            (None, "Executive Assistant to the CEO"),
            (None, "Deputy Director"),
            (None, "Assistant Director"),
            (None, "Art Director"),
            (None, "Assistant Principal"),
            (None, "Lead Generation Specialist"),
            (None, "Lead Paint Inspector"),
            (None, "Senior Living Consultant"),
            (None, "Graduate Admissions Advisor"),
            (None, "Engineering Manager"),
            (None, "International Sales"),
            (None, "Phase II"),
            (None, "II"),
            (None, ""),
        ];
        for (level, title) in expected {
            assert_eq!(of_title(title), level, "{title}");
        }
    }

    #[test]
    fn a_field_says_one_thing_or_nothing() {
        assert_eq!(of_field("mid"), Some(Level::Mid));
        assert_eq!(of_field("Entry level"), Some(Level::Entry));
        assert_eq!(of_field("Senior"), Some(Level::Senior));
        assert_eq!(of_field("executive"), Some(Level::Executive));
        assert_eq!(of_field("Mid-Senior level"), None);
        assert_eq!(of_field("Associate"), None);
    }

    proptest! {
        #[test]
        fn any_title_is_read(title in "(?s).{0,60}|((?i)senior|staff|of|head|vice|II|I|lead|,| |-){0,12}") {
            of_title(&title);
            of_field(&title);
        }
    }
}
