//! From what a person typed to a career.

use std::cmp::Reverse;
use std::collections::HashMap;

use rapidfuzz::distance::{indel, osa};

use super::{Career, CareerId, fold, titles, typos};

/// Longer texts are cut before they are compared.
const LONGEST_TYPED: usize = 100;
/// Words after these are not compared.
const MOST_WORDS: usize = 12;
/// How many careers are offered when none is sure.
const OFFERED: usize = 3;
/// A text of fewer letters is not forgiven a wrong space together with a wrong letter.
const SHORTEST_RUN: usize = 8;
/// A name of one word with fewer letters is forgiven swapped letters alone: too many other words are like it.
const SHORTEST_WORD: usize = 6;
/// What a typed word that no name holds weighs against the words that some do.
const UNKNOWN_WEIGHT: f32 = 2.0;

/// Finds careers by id, name, alias, narrower title; forgiving case, accents, punctuation, plurals, filler words, typos.
#[derive(Debug, Default)]
pub struct Names {
    ids: Vec<CareerId>,
    /// Places of the careers, by name.
    by_name: Vec<usize>,
    /// Ids, names and aliases as they are spelled.
    spelled: HashMap<Box<str>, usize>,
    /// Folded words run together.
    folded: HashMap<Box<str>, Vec<Meaning>>,
    /// Folded words in the order of the alphabet, run together.
    shuffled: HashMap<Box<str>, Vec<Meaning>>,
    vocabulary: Vocabulary,
    entries: Vec<Entry>,
}

/// What a typed name means.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<'a> {
    /// Exactly one career.
    Career(&'a Career),
    /// A narrower title (as its file spells it) that this career covers.
    Narrower(&'a Career, &'a str),
    /// Several readings are fair, or none is sure: the nearest three at most, best first; may be empty.
    Unsure(Vec<&'a Career>),
}

/// One of the names of a career.
#[derive(Debug)]
struct Entry {
    meaning: Meaning,
    /// Whether it is the name that is shown.
    shown: bool,
    /// As folded.
    plain: Title,
    /// Short forms written out, fillers dropped.
    full: Title,
}

/// Folded words.
#[derive(Debug)]
struct Title {
    /// Their numbers in the vocabulary.
    words: Box<[usize]>,
    /// The words run together.
    run: Box<str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Meaning {
    career: usize,
    kind: Kind,
}

/// How a name belongs to its career; the first wins where a text fits several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// It means exactly this career.
    Own,
    /// It is the narrower title at this place of the career's list.
    Narrower(usize),
    /// It may mean this career or something else.
    Ambiguous,
}

/// What the index makes of a text.
enum Reading {
    Sure(Meaning),
    /// Careers, best first.
    Unsure(Vec<usize>),
}

impl Names {
    /// Indexes the names of these careers.
    pub fn new(careers: &[Career]) -> Self {
        let mut names = Self {
            ids: careers.iter().map(|career| career.id.clone()).collect(),
            by_name: (0..careers.len()).collect(),
            ..Self::default()
        };
        names.by_name.sort_by_cached_key(|&place| {
            let career = &careers[place];
            (fold::words(&career.name), career.id.clone())
        });
        for spellings in [id_of, name_of, aliases_of] {
            for (place, career) in careers.iter().enumerate() {
                for spelling in spellings(career) {
                    names.spelled.entry(spelling.trim().into()).or_insert(place);
                }
            }
        }
        for (place, career) in careers.iter().enumerate() {
            names.add_career(place, career);
        }
        names.index_forms();
        names.vocabulary.weigh(&names.entries, careers.len());
        names
    }

    fn add_career(&mut self, place: usize, career: &Career) {
        let meaning = |kind| Meaning {
            career: place,
            kind,
        };
        self.add_entry(&career.name, meaning(Kind::Own), true);
        self.add_entry(career.id.as_str(), meaning(Kind::Own), false);
        for alias in career.aliases.iter().chain(&career.fields) {
            self.add_entry(alias, meaning(Kind::Own), false);
        }
        for (number, title) in career.narrower.iter().enumerate() {
            self.add_entry(title, meaning(Kind::Narrower(number)), false);
        }
        for short in &career.ambiguous {
            self.add_entry(short, meaning(Kind::Ambiguous), false);
        }
    }

    fn add_entry(&mut self, spelling: &str, meaning: Meaning, shown: bool) {
        let plain = fold::words(spelling);
        let full = titles::without_fillers(&titles::written_out(&plain));
        if plain.is_empty() {
            return;
        }
        self.entries.push(Entry {
            meaning,
            shown,
            plain: self.vocabulary.title(&plain),
            full: self.vocabulary.title(&full),
        });
    }

    /// A name as it is folded goes before another name's written-out form.
    fn index_forms(&mut self) {
        let mut written_out: HashMap<Box<str>, Vec<Meaning>> = HashMap::new();
        for entry in &self.entries {
            add(&mut self.folded, &entry.plain.run, entry.meaning);
            add(&mut written_out, &entry.full.run, entry.meaning);
            let shuffled = self.vocabulary.sorted_run(&entry.full);
            add(&mut self.shuffled, &shuffled, entry.meaning);
        }
        for (run, meanings) in written_out {
            self.folded.entry(run).or_insert(meanings);
        }
    }

    /// What `typed` means, as one of the careers given to [`Names::new`].
    pub fn find<'a>(&self, careers: &'a [Career], typed: &str) -> Found<'a> {
        let typed = typed.trim();
        let reading = match self.spelled.get(typed) {
            Some(&career) => Reading::Sure(Meaning {
                career,
                kind: Kind::Own,
            }),
            None => self.read(typed),
        };
        let place = |career: usize| careers.get(career);
        let found = match &reading {
            Reading::Sure(meaning) => place(meaning.career).and_then(|career| match meaning.kind {
                Kind::Own => Some(Found::Career(career)),
                Kind::Narrower(number) => {
                    Some(Found::Narrower(career, career.narrower.get(number)?))
                }
                Kind::Ambiguous => None,
            }),
            Reading::Unsure(nearest) => Some(Found::Unsure(
                nearest.iter().filter_map(|&career| place(career)).collect(),
            )),
        };
        found.unwrap_or(Found::Unsure(Vec::new()))
    }

    fn read(&self, typed: &str) -> Reading {
        let mut plain = fold::words(fold::cut(typed, LONGEST_TYPED));
        plain.truncate(MOST_WORDS);
        let has_letters = |word: &String| word.bytes().any(|byte| byte.is_ascii_lowercase());
        if !plain.iter().any(has_letters) {
            return Reading::Unsure(Vec::new());
        }
        let full = titles::without_fillers(&titles::written_out(&plain));
        let bare = titles::without_seniority(&full);
        let person = titles::as_person(&bare);
        let reading = self
            .exact(&[&plain, &full, &bare, &person])
            .or_else(|| self.in_any_order(&[&full, &bare, &person]))
            .or_else(|| self.mistyped(&bare))
            .or_else(|| self.mistyped(&person))
            .unwrap_or(Reading::Unsure(Vec::new()));
        match reading {
            Reading::Sure(_) => reading,
            Reading::Unsure(first) => Reading::Unsure(self.fill(first, &full)),
        }
    }

    fn exact(&self, forms: &[&[String]]) -> Option<Reading> {
        let meanings = forms
            .iter()
            .find_map(|words| self.folded.get(words.concat().as_str()))?;
        Some(settle(meanings))
    }

    fn in_any_order(&self, forms: &[&[String]]) -> Option<Reading> {
        let meanings = forms.iter().find_map(|words| {
            let mut words = words.to_vec();
            words.sort_unstable();
            self.shuffled.get(words.concat().as_str())
        })?;
        Some(settle(meanings))
    }

    /// The one career whose name has the fewest typos; several where none has the fewest.
    fn mistyped(&self, words: &[String]) -> Option<Reading> {
        let relations = self.vocabulary.relate(words, false);
        let by_word = self.entries.iter().filter_map(|entry| {
            let typos = relations.typos_in(&entry.full)?;
            let clear = match words {
                [word] if entry.full.run.len() < SHORTEST_WORD => is_swapped(word, &entry.full.run),
                _ => true,
            };
            clear.then_some((typos, entry.meaning))
        });
        fewest(by_word).or_else(|| self.misspaced(words))
    }

    /// A name with one wrong letter and its words split elsewhere.
    fn misspaced(&self, words: &[String]) -> Option<Reading> {
        let run = words.concat();
        if run.len() < SHORTEST_RUN {
            return None;
        }
        let letters = osa::BatchComparator::new(run.bytes());
        let one = osa::Args::default().score_cutoff(1);
        fewest(self.entries.iter().filter_map(|entry| {
            let name = &entry.full;
            if name.words.len() == words.len() || name.run.len().abs_diff(run.len()) > 1 {
                return None;
            }
            let typos = letters.distance_with_args(name.run.bytes(), &one)?;
            Some((typos, entry.meaning))
        }))
    }

    /// Adds the careers with the most similar names until enough are there to offer.
    fn fill(&self, mut first: Vec<usize>, words: &[String]) -> Vec<usize> {
        let relations = self.vocabulary.relate(words, false);
        let run = words.concat();
        let letters = indel::BatchComparator::new(run.bytes());
        let mut scores = vec![0.0_f32; self.ids.len()];
        for entry in &self.entries {
            let spelling = letters.normalized_similarity(entry.full.run.bytes()) as f32;
            let score = relations.shared(&entry.full, &self.vocabulary) + spelling;
            let best = &mut scores[entry.meaning.career];
            *best = best.max(score);
        }
        let mut nearest = self.by_name.clone();
        nearest.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        for career in nearest {
            if !first.contains(&career) {
                first.push(career);
            }
        }
        first.truncate(OFFERED);
        first
    }

    /// The careers that what was typed so far may become, best first, each once; all careers by name for an empty text.
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<CareerId> {
        let plain = fold::words(fold::cut(typed.trim(), LONGEST_TYPED));
        let careers = if typed.trim().is_empty() {
            self.by_name.clone()
        } else if plain.is_empty() {
            Vec::new()
        } else {
            self.completions(plain)
        };
        careers
            .into_iter()
            .take(limit)
            .map(|career| self.ids[career].clone())
            .collect()
    }

    /// What was typed as it stands first; then, where that leads nowhere, without fillers and without seniority.
    fn completions(&self, mut plain: Vec<String>) -> Vec<usize> {
        plain.truncate(MOST_WORDS);
        let useful = titles::without_fillers(&plain);
        let bare = titles::without_seniority(&useful);
        [Closeness::Prefix, Closeness::Typo]
            .into_iter()
            .flat_map(|least| [&plain, &useful, &bare].map(|words| (words, least)))
            .map(|(words, least)| self.ranked(words, least))
            .find(|careers| !careers.is_empty())
            .unwrap_or_default()
    }

    fn ranked(&self, plain: &[String], least: Closeness) -> Vec<usize> {
        let full = titles::written_out(plain);
        let mut forms = vec![Completion::new(&self.vocabulary, plain, least)];
        if full != plain {
            forms.push(Completion::new(&self.vocabulary, &full, least));
        }
        let mut best = vec![u8::MAX; self.ids.len()];
        for entry in &self.entries {
            let rank = forms.iter().filter_map(|form| form.rank(entry)).min();
            let career = &mut best[entry.meaning.career];
            *career = (*career).min(rank.unwrap_or(u8::MAX));
        }
        let mut careers = self.by_name.clone();
        careers.retain(|&career| best[career] != u8::MAX);
        careers.sort_by_key(|&career| best[career]);
        careers
    }
}

fn id_of(career: &Career) -> Vec<&str> {
    vec![career.id.as_str()]
}

fn name_of(career: &Career) -> Vec<&str> {
    vec![&career.name]
}

fn aliases_of(career: &Career) -> Vec<&str> {
    career.aliases.iter().map(String::as_str).collect()
}

fn add(index: &mut HashMap<Box<str>, Vec<Meaning>>, run: &str, meaning: Meaning) {
    let meanings = index.entry(run.into()).or_default();
    if !meanings.contains(&meaning) {
        meanings.push(meaning);
    }
}

/// One meaning where the strongest kind has one career; else every career of that kind.
fn settle(meanings: &[Meaning]) -> Reading {
    let strength = |meaning: &Meaning| match meaning.kind {
        Kind::Own => 0,
        Kind::Narrower(_) => 1,
        Kind::Ambiguous => 2,
    };
    let strongest = meanings.iter().map(strength).min();
    let mut rivals: Vec<&Meaning> = meanings
        .iter()
        .filter(|meaning| Some(strength(meaning)) == strongest)
        .collect();
    rivals.dedup_by_key(|meaning| meaning.career);
    match rivals[..] {
        [meaning] if meaning.kind != Kind::Ambiguous => Reading::Sure(*meaning),
        _ => Reading::Unsure(rivals.iter().map(|meaning| meaning.career).collect()),
    }
}

/// Settles on the meanings with the fewest typos.
fn fewest(candidates: impl Iterator<Item = (usize, Meaning)>) -> Option<Reading> {
    let mut best = (usize::MAX, Vec::new());
    for (typos, meaning) in candidates {
        if typos < best.0 {
            best = (typos, Vec::new());
        }
        if typos == best.0 {
            best.1.push(meaning);
        }
    }
    best.1.sort_by_key(|meaning| meaning.career);
    (!best.1.is_empty()).then(|| settle_typos(&best.1))
}

/// A narrower title or ambiguous short form of another career is as fair a reading of a mistyped text as a name.
fn settle_typos(meanings: &[Meaning]) -> Reading {
    let first = meanings[0].career;
    if meanings.iter().all(|meaning| meaning.career == first) {
        return settle(meanings);
    }
    let mut careers: Vec<_> = meanings.iter().map(|meaning| meaning.career).collect();
    careers.dedup();
    Reading::Unsure(careers)
}

/// Every word of every name.
#[derive(Debug, Default)]
struct Vocabulary {
    words: Vec<Box<str>>,
    numbers: HashMap<Box<str>, usize>,
    /// How much each word tells careers apart.
    weights: Vec<f32>,
}

/// How near a typed word is to a word of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    None,
    Typo,
    Prefix,
    Equal,
}

/// How near each typed word is to each word of the vocabulary.
struct Relations {
    rows: Vec<Vec<Relation>>,
}

#[derive(Clone, Copy)]
struct Relation {
    closeness: Closeness,
    /// How many letters are wrong where the typed word is the other one mistyped.
    typos: Option<usize>,
}

impl Vocabulary {
    fn title(&mut self, words: &[String]) -> Title {
        Title {
            run: words.concat().into(),
            words: words.iter().map(|word| self.number(word)).collect(),
        }
    }

    fn number(&mut self, word: &str) -> usize {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        self.words.push(word.into());
        self.numbers.insert(word.into(), self.words.len() - 1);
        self.words.len() - 1
    }

    fn sorted_run(&self, title: &Title) -> String {
        let mut words: Vec<&str> = title.words.iter().map(|&word| &*self.words[word]).collect();
        words.sort_unstable();
        words.concat()
    }

    /// A word of few careers weighs more than one of many.
    fn weigh(&mut self, entries: &[Entry], careers: usize) {
        let mut holders = vec![Vec::new(); self.words.len()];
        for entry in entries {
            for &word in &entry.full.words {
                let holders: &mut Vec<usize> = &mut holders[word];
                if holders.last() != Some(&entry.meaning.career) {
                    holders.push(entry.meaning.career);
                }
            }
        }
        self.weights = holders
            .iter()
            .map(|holders| (1.0 + careers as f32 / holders.len().max(1) as f32).ln())
            .collect();
    }

    /// Compares typed words with all words; `partial` words may be mistyped beginnings.
    fn relate(&self, typed: &[String], partial: bool) -> Relations {
        let relate_word = |typed: &String| {
            let comparer = typos::Typed::new(typed);
            self.words
                .iter()
                .map(|word| relate(typed, &comparer, word, partial))
                .collect()
        };
        Relations {
            rows: typed.iter().map(relate_word).collect(),
        }
    }
}

fn relate(typed: &str, comparer: &typos::Typed<'_>, word: &str, partial: bool) -> Relation {
    if typed == word {
        return Relation {
            closeness: Closeness::Equal,
            typos: Some(0),
        };
    }
    let typos = comparer.errors(word);
    let closeness = if word.starts_with(typed) {
        Closeness::Prefix
    } else if typos.is_some() || (partial && comparer.errors_in_prefix(word).is_some()) {
        Closeness::Typo
    } else {
        Closeness::None
    };
    Relation { closeness, typos }
}

impl Relations {
    /// How many letters are wrong where each typed word is the word at its place in the title, or a typo of it.
    fn typos_in(&self, title: &Title) -> Option<usize> {
        if title.words.len() != self.rows.len() {
            return None;
        }
        let pairs = self.rows.iter().zip(&title.words);
        pairs.map(|(row, &word)| row[word].typos).sum()
    }

    /// How much of the typed words and of the title is the same, from 0 to 1.
    fn shared(&self, title: &Title, vocabulary: &Vocabulary) -> f32 {
        let weight = |word: usize| vocabulary.weights[word];
        let mut common = 0.0;
        let mut typed = 0.0;
        for row in &self.rows {
            let best = title
                .words
                .iter()
                .map(|&word| (row[word].closeness, word))
                .max_by_key(|(closeness, _)| *closeness);
            let (share, word_weight) = match best {
                Some((Closeness::Equal, word)) => (1.0, weight(word)),
                Some((Closeness::Prefix | Closeness::Typo, word)) => (0.8, weight(word)),
                Some((Closeness::None, _)) | None => (0.0, UNKNOWN_WEIGHT),
            };
            common += share * word_weight;
            typed += word_weight;
        }
        let whole: f32 = title.words.iter().map(|&word| weight(word)).sum();
        2.0 * common / (typed + whole).max(f32::EPSILON)
    }

    /// Whether every typed word is at least so near to a word of the title of its own.
    fn all_in(&self, title: &Title, least: Closeness) -> bool {
        let mut free: Vec<usize> = title.words.to_vec();
        self.rows.iter().all(|row| {
            let near = |&place: &usize| row[free[place]].closeness >= least;
            let nearest = (0..free.len())
                .filter(near)
                .max_by_key(|&place| (row[free[place]].closeness, Reverse(place)));
            nearest.is_some_and(|place| {
                free.remove(place);
                true
            })
        })
    }
}

/// A text that is still being typed, compared with the vocabulary.
struct Completion {
    relations: Relations,
    run: String,
    least: Closeness,
}

impl Completion {
    fn new(vocabulary: &Vocabulary, words: &[String], least: Closeness) -> Self {
        Self {
            relations: vocabulary.relate(words, least == Closeness::Typo),
            run: words.concat(),
            least,
        }
    }

    /// The lower the better: the whole name, its beginning, the beginning of its words; names before other names.
    fn rank(&self, entry: &Entry) -> Option<u8> {
        let own = entry.meaning.kind == Kind::Own;
        let titles = [&entry.plain, &entry.full];
        if titles.iter().any(|title| *title.run == *self.run) {
            Some(if own { 0 } else { 1 })
        } else if titles.iter().any(|title| title.run.starts_with(&self.run)) {
            Some(if entry.shown { 2 } else { 4 })
        } else if titles
            .iter()
            .any(|title| self.relations.all_in(title, self.least))
        {
            Some(if entry.shown { 3 } else { 5 })
        } else if self.least == Closeness::Typo && own && skips_letters(&self.run, &entry.plain.run)
        {
            Some(6)
        } else {
            None
        }
    }
}

/// Whether two different words have the same letters.
fn is_swapped(word: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters = word.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    sorted(word) == sorted(other)
}

/// Whether a text of at least three letters is another one with letters left out, the first not among them.
fn skips_letters(short: &str, long: &str) -> bool {
    let mut letters = long.bytes();
    short.len() >= 3
        && short.as_bytes().first() == long.as_bytes().first()
        && short
            .bytes()
            .all(|letter| letters.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::knowledge::Knowledge;
    use crate::knowledge::fixtures::career;
    use crate::knowledge::load::load;
    use crate::knowledge::source::Files;

    /// The careers of the repository's own knowledge base.
    fn knowledge() -> (&'static [Career], &'static Names) {
        static KNOWLEDGE: OnceLock<(Knowledge, Names)> = OnceLock::new();
        let (knowledge, names) = KNOWLEDGE.get_or_init(|| {
            let knowledge = load(&Files::Embedded, date(2026, 11, 23)).unwrap();
            let names = Names::new(knowledge.careers());
            (knowledge, names)
        });
        (knowledge.careers(), names)
    }

    /// How a text is read: the id, "id < narrower title", or "? first" for the first of those offered.
    fn read(careers: &[Career], names: &Names, typed: &str) -> String {
        match names.find(careers, typed) {
            Found::Career(career) => career.id.to_string(),
            Found::Narrower(career, title) => format!("{} < {title}", career.id),
            Found::Unsure(nearest) => {
                format!(
                    "? {}",
                    nearest.first().map_or("-", |career| career.id.as_str())
                )
            }
        }
    }

    fn assert_readings(expected: &[(&str, &str)]) {
        let (careers, names) = knowledge();
        let wrong: Vec<_> = expected
            .iter()
            .map(|(typed, expected)| (typed, expected, read(careers, names, typed)))
            .filter(|(_, expected, read)| read != *expected)
            .collect();
        assert!(wrong.is_empty(), "(typed, expected, read): {wrong:#?}");
    }

    #[test]
    fn names_are_found_by_id_name_and_alias_whatever_the_case_marks_and_spaces() {
        assert_readings(&[
            ("machine-learning-engineer", "machine-learning-engineer"),
            ("Machine Learning Engineer", "machine-learning-engineer"),
            ("MACHINE LEARNING ENGINEER", "machine-learning-engineer"),
            (
                "  machine   learning\tengineer ",
                "machine-learning-engineer",
            ),
            ("machine_learning_engineer", "machine-learning-engineer"),
            (
                "\"Machine-Learning\" Engineer!",
                "machine-learning-engineer",
            ),
            ("MachineLearningEngineer", "machine-learning-engineer"),
            ("Máchine Léarning Ênginéer", "machine-learning-engineer"),
            ("ＭＬ Ｅｎｇｉｎｅｅｒ", "machine-learning-engineer"),
            ("mle", "machine-learning-engineer"),
            ("ml engineer", "machine-learning-engineer"),
            ("ML-Eng", "machine-learning-engineer"),
            ("data manager", "data-manager"),
            ("data-manager", "data-manager"),
            ("datamanager", "data-manager"),
            ("BACK END DEVELOPER", "backend-developer"),
            ("back-end developer", "backend-developer"),
            ("backend developer", "backend-developer"),
            ("backend engineer", "backend-developer"),
            ("Backend_Dev", "backend-developer"),
            ("front end developer", "frontend-developer"),
            ("frontend dev", "frontend-developer"),
            ("full stack developer", "full-stack-developer"),
            ("fullstack developer", "full-stack-developer"),
            ("Full-Stack Dev", "full-stack-developer"),
            ("fullstack", "full-stack-developer"),
            ("DevOps", "devops-engineer"),
            ("dev ops engineer", "devops-engineer"),
            ("dev-ops", "devops-engineer"),
            ("ml ops engineer", "mlops-engineer"),
            ("MLOps", "mlops-engineer"),
            ("CI CD engineer", "devops-engineer"),
            ("sre", "site-reliability-engineer"),
            ("S.R.E.", "site-reliability-engineer"),
            ("data base administrator", "database-administrator"),
            ("dba", "database-administrator"),
            ("AI / ML Engineer", "ai-engineer"),
            ("U.I. developer", "frontend-developer"),
            ("cyber security engineer", "security-engineer"),
            ("quant", "quantitative-analyst"),
            ("programmer", "software-engineer"),
            ("swe", "software-engineer"),
            ("or analyst", "operations-research-analyst"),
        ]);
    }

    #[test]
    fn plurals_fillers_short_forms_and_seniority_make_no_difference() {
        assert_readings(&[
            ("data scientists", "data-scientist"),
            ("Machine Learning Engineers", "machine-learning-engineer"),
            ("data analysts' jobs", "data-analyst"),
            ("statisticians", "statistician"),
            ("database admins", "database-administrator"),
            ("solution architects", "solutions-architect"),
            ("business analytics engineers", "? analytics-engineer"),
            ("a data scientist", "data-scientist"),
            ("the data scientist role", "data-scientist"),
            ("data scientist career", "data-scientist"),
            ("working as a data scientist", "data-scientist"),
            ("becoming a data engineer", "data-engineer"),
            ("I want to become a data engineer", "data-engineer"),
            ("data engineer position", "data-engineer"),
            ("job title: web developer", "web-developer"),
            ("data eng", "data-engineer"),
            ("data mgr", "data-manager"),
            ("product mgr", "product-manager"),
            ("web dev", "web-developer"),
            ("web devs", "web-developer"),
            ("ml dev", "machine-learning-engineer"),
            ("ai eng", "ai-engineer"),
            ("artificial intelligence dev", "ai-engineer"),
            ("db architect", "database-architect"),
            ("data sci", "data-scientist"),
            ("software eng", "software-engineer"),
            ("nlp eng", "nlp-engineer"),
            ("cv eng", "computer-vision-engineer"),
            ("cloud eng", "cloud-engineer"),
            ("tech program manager", "technical-program-manager"),
            ("senior data engineer", "data-engineer"),
            ("Sr. Data Engineer", "data-engineer"),
            ("junior web developer", "web-developer"),
            ("jr backend dev", "backend-developer"),
            ("lead data scientist", "data-scientist"),
            ("staff software engineer", "software-engineer"),
            ("Principal ML Engineer", "machine-learning-engineer"),
            ("Software Engineer II", "software-engineer"),
            ("entry-level data analyst", "data-analyst"),
            ("data analyst intern", "data-analyst"),
            ("mid level cloud engineer", "cloud-engineer"),
            ("data governance lead", "data-governance-manager"),
            ("data engineering", "data-engineer"),
            ("machine learning engineering", "machine-learning-engineer"),
            ("software engineering", "software-engineer"),
            ("cloud engineering", "cloud-engineer"),
            ("data architecture", "data-architect"),
            ("data analysis", "data-analyst"),
            ("data management", "data-manager"),
            ("data science", "data-scientist"),
            ("Engineer, Machine Learning", "machine-learning-engineer"),
            ("manager of data", "data-manager"),
            ("developer - full stack", "full-stack-developer"),
        ]);
    }

    #[test]
    fn narrower_titles_are_answered_with_the_career_that_covers_them() {
        assert_readings(&[
            ("iOS developer", "mobile-developer < iOS developer"),
            ("ios dev", "mobile-developer < iOS developer"),
            (
                "Senior Android Developer",
                "mobile-developer < Android developer",
            ),
            ("dbt developers", "analytics-engineer < dbt developer"),
            (
                "Word-Press developer",
                "web-developer < WordPress developer",
            ),
            ("SOC analyst", "security-analyst < SOC analyst"),
            ("biostatistician", "statistician < biostatistician"),
            ("bio statistician", "statistician < biostatistician"),
            ("GenAI engineer", "ai-engineer < gen AI engineer"),
            ("powerbi developer", "bi-developer < Power BI developer"),
            ("hadop developer", "big-data-engineer < Hadoop developer"),
            ("biostatistican", "statistician < biostatistician"),
        ]);
    }

    #[test]
    fn short_forms_with_several_meanings_are_offered_not_picked() {
        assert_readings(&[
            ("ML", "? machine-learning-engineer"),
            ("m.l.", "? machine-learning-engineer"),
            ("machine learning", "? machine-learning-engineer"),
            ("DS", "? data-scientist"),
            ("DE", "? data-engineer"),
            ("ai", "? ai-engineer"),
            ("BI", "? bi-analyst"),
            ("PM", "? product-manager"),
            ("product owner", "? product-manager"),
            ("developer", "? software-engineer"),
            ("dev", "? software-engineer"),
            ("engineer", "? software-engineer"),
            ("engineers", "? software-engineer"),
            ("enginer", "? software-engineer"),
            ("an engineer", "? software-engineer"),
            ("senior engineer", "? software-engineer"),
            ("analyst", "? data-analyst"),
            ("analist", "? data-analyst"),
            ("cybersecurity", "? security-analyst"),
        ]);
    }

    #[test]
    fn typos_and_swapped_letters_are_forgiven_where_one_name_is_clearly_meant() {
        assert_readings(&[
            ("machne lerning enginer", "machine-learning-engineer"),
            ("mahcine learning engineer", "machine-learning-engineer"),
            ("machine leanring engineer", "machine-learning-engineer"),
            ("machinelerning engineer", "machine-learning-engineer"),
            ("machine learningengineer", "machine-learning-engineer"),
            ("data scientst", "data-scientist"),
            ("data sceintist", "data-scientist"),
            ("dta scientist", "data-scientist"),
            ("data enginer", "data-engineer"),
            ("data enigneer", "data-engineer"),
            ("data manger", "data-manager"),
            ("date manager", "data-manager"),
            ("data managre", "data-manager"),
            ("sofware developper", "software-engineer"),
            ("software enginee", "software-engineer"),
            ("fulstack developer", "full-stack-developer"),
            ("full stak developer", "full-stack-developer"),
            ("back ned developer", "backend-developer"),
            ("cloud architct", "cloud-architect"),
            ("product manaegr", "product-manager"),
            ("site relibility engineer", "site-reliability-engineer"),
            ("statistican", "statistician"),
            ("bioinformatcian", "bioinformatics-scientist"),
            ("programer", "software-engineer"),
            ("qaunt", "quantitative-analyst"),
            ("senior data scientis", "data-scientist"),
        ]);
    }

    #[test]
    fn what_names_no_career_is_never_guessed() {
        let (careers, names) = knowledge();
        for typed in [
            "data",
            "plumber",
            "nurse",
            "code",
            "devon",
            "flops",
            "orca",
            "project manager",
            "projectmanager",
            "web designer",
            "mechanical engineer",
            "network engineer",
            "civil engineer",
            "game developer",
            "data scientist and data engineer",
            "data product",
            "chief data officer",
            "head of data science",
            "java developer",
            "data base",
            "manager",
            "scientist",
            "the",
            "senior",
            "data entry",
            "sales engineer",
            "prompt",
            "product designer",
            "marketing manager",
            "sra",
            "mlf",
            "x",
            "C++",
            "#abcde",
            "data engineer at a big bank in london",
        ] {
            match names.find(careers, typed) {
                Found::Unsure(nearest) => assert_eq!(nearest.len(), 3, "{typed}"),
                found => panic!("{typed}: {found:?}"),
            }
        }
        for typed in [
            "",
            " ",
            "🙂",
            "👩\u{200d}💻🚀",
            "?!",
            "...",
            "12345",
            "\u{0}",
        ] {
            assert_eq!(
                names.find(careers, typed),
                Found::Unsure(Vec::new()),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn the_nearest_careers_are_offered_best_first() {
        let (careers, names) = knowledge();
        let offered = |typed| match names.find(careers, typed) {
            Found::Unsure(nearest) => nearest.iter().map(|career| career.id.to_string()).collect(),
            found => vec![format!("{found:?}")],
        };
        assert_eq!(
            offered("data scientist and data engineer")[..2],
            ["data-scientist", "data-engineer"]
        );
        assert_eq!(offered("project manager")[0], "product-manager");
        assert_eq!(offered("head of data science")[0], "data-scientist");
        assert_eq!(offered("java developer").len(), 3);
        assert_eq!(offered("chief privacy person")[0], "data-privacy-officer");
        assert_eq!(
            offered("cybersecurity")[..2],
            ["security-analyst", "security-engineer"]
        );
    }

    #[test]
    fn every_spelling_in_the_files_means_what_its_file_says() {
        let (careers, names) = knowledge();
        for career in careers {
            let own = [career.id.as_str(), &career.name].into_iter();
            for spelling in own.chain(career.aliases.iter().map(String::as_str)) {
                for typed in [
                    spelling.to_owned(),
                    spelling.to_lowercase(),
                    format!("the {} job", spelling.to_uppercase()),
                ] {
                    assert_eq!(
                        names.find(careers, &typed),
                        Found::Career(career),
                        "{typed}"
                    );
                }
            }
            for title in &career.narrower {
                assert_eq!(names.find(careers, title), Found::Narrower(career, title));
            }
            for short in &career.ambiguous {
                match names.find(careers, short) {
                    Found::Unsure(nearest) => assert!(nearest.contains(&career), "{short}"),
                    found => panic!("{short}: {found:?}"),
                }
            }
        }
    }

    #[test]
    fn a_name_that_two_careers_claim_is_offered_for_both() {
        let mut careers = vec![
            career("a", "Alpha Keeper", &["C++ person"]),
            career("b", "Beta Keeper", &["C# person"]),
        ];
        careers[0].narrower = vec!["zebra keeper".to_owned()];
        careers[1].narrower = vec!["Zebra Keeper".to_owned()];
        let names = Names::new(&careers);
        assert_eq!(
            names.find(&careers, "zebra keeper"),
            Found::Unsure(vec![&careers[0], &careers[1]])
        );
        assert_eq!(
            names.find(&careers, "c# person"),
            Found::Career(&careers[1])
        );
        assert_eq!(
            names.find(&careers, "cpp person"),
            Found::Career(&careers[0])
        );
        assert_eq!(
            Names::new(&[]).find(&[], "anything"),
            Found::Unsure(Vec::new())
        );
    }

    fn completed(typed: &str, limit: usize) -> Vec<String> {
        let (_, names) = knowledge();
        let ids = names.complete(typed, limit);
        ids.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn completion_puts_whole_names_first_then_beginnings_of_names_then_of_their_words() {
        assert_eq!(completed("data engineer", 1), ["data-engineer"]);
        assert_eq!(
            completed("data e", 2),
            ["data-engineer", "big-data-engineer"]
        );
        assert_eq!(completed("mach", 1), ["machine-learning-engineer"]);
        assert_eq!(completed("MLE", 1), ["machine-learning-engineer"]);
        assert_eq!(
            completed("ml", 2),
            ["machine-learning-engineer", "mlops-engineer"]
        );
        assert_eq!(completed("full st", 1), ["full-stack-developer"]);
        assert_eq!(completed("fullst", 1), ["full-stack-developer"]);
        assert_eq!(
            completed("learn eng", 2),
            ["deep-learning-engineer", "machine-learning-engineer"]
        );
        assert_eq!(completed("sr data en", 1), ["data-engineer"]);
        assert_eq!(completed("android", 1), ["mobile-developer"]);
        assert_eq!(
            completed("data", 25)[..4],
            [
                "data-analyst",
                "data-architect",
                "data-engineer",
                "data-governance-manager"
            ]
        );
    }

    #[test]
    fn completion_forgives_typos_only_where_nothing_begins_so() {
        assert_eq!(completed("mahcine lear", 1), ["machine-learning-engineer"]);
        assert_eq!(completed("data scint", 25), ["data-scientist"]);
        assert_eq!(completed("stieng", 25), ["site-reliability-engineer"]);
        assert_eq!(completed("plumber", 25), Vec::<String>::new());
        assert_eq!(completed("🙂", 25), Vec::<String>::new());
    }

    #[test]
    fn completion_of_nothing_lists_every_career_by_name_once() {
        let (careers, _) = knowledge();
        let all: Vec<_> = careers.iter().map(|career| career.id.to_string()).collect();
        let mut listed = completed(" ", usize::MAX);
        assert_eq!(listed[..2], ["ai-engineer", "ai-research-scientist"]);
        listed.sort();
        let mut sorted = all;
        sorted.sort();
        assert_eq!(listed, sorted);
        assert_eq!(completed("", 25).len(), 25);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        #[test]
        fn any_text_is_read_and_completed(typed in any::<String>()) {
            let (careers, names) = knowledge();
            if let Found::Unsure(nearest) = names.find(careers, &typed) {
                prop_assert!(nearest.len() <= OFFERED);
            }
            let mut ids = names.complete(&typed, 25);
            prop_assert!(ids.len() <= 25);
            ids.sort();
            prop_assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
        }

        #[test]
        fn words_of_names_in_any_mix_are_read_and_completed(
            words in prop::collection::vec("(data|engineer|ml|a|the|senior|lead|dev|science|mahcine|c\\+\\+|🙂|x)", 0..20)
        ) {
            let (careers, names) = knowledge();
            let typed = words.join(" ");
            names.find(careers, &typed);
            names.complete(&typed, 25);
        }
    }

    #[test]
    fn a_text_of_ten_thousand_letters_is_cut_before_it_is_read() {
        let (careers, names) = knowledge();
        for typed in [
            "data ".repeat(2_000),
            "x".repeat(10_000),
            "machne ".repeat(1_500),
        ] {
            assert!(matches!(names.find(careers, &typed), Found::Unsure(_)));
            names.complete(&typed, 25);
        }
    }
}
