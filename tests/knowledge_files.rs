//! What the loader promises about the files of a knowledge base: what loads, and what is said of what does not.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use tempfile::TempDir;
use waymark::knowledge::load::load;
use waymark::knowledge::source::Files;
use waymark::knowledge::{Career, Fit, Knowledge, Level, Problem, Related, Severity, problem};

const TODAY: Date = date(2026, 11, 23);

const ANALYST: &str = r#"name = "Data Analyst"
category = "analytics"
definition = "Answers questions with data."
"#;

const SETTINGS: &str = r#"name = "Test"

[[categories]]
id = "analytics"
name = "Analytics"

[sources.bls]
title = "BLS"
"#;

fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        put(folder.path(), name, text);
    }
    folder
}

fn read(folder: &Path) -> Result<Knowledge, Vec<Problem>> {
    load(&Files::Folder(folder.to_owned()), TODAY)
}

fn loaded(files: &[(&str, &str)]) -> Knowledge {
    read(folder(files).path()).unwrap_or_else(|problems| panic!("{}", rendered(&problems)))
}

fn rendered(problems: &[Problem]) -> String {
    let paragraphs: Vec<String> = problems.iter().map(Problem::render).collect();
    paragraphs.join("\n\n")
}

/// Everything that is said of a folder, whether it loads or not.
fn said_of(folder: &Path) -> String {
    match read(folder) {
        Ok(knowledge) => rendered(knowledge.warnings()),
        Err(problems) => {
            assert!(
                problems
                    .iter()
                    .any(|problem| problem.severity == Severity::Error)
            );
            rendered(&problems)
        }
    }
}

fn said(files: &[(&str, &str)]) -> String {
    said_of(folder(files).path())
}

/// What is said of one career with these lines after the minimal ones.
fn said_of_career(more: &str) -> String {
    let career = format!("{ANALYST}{more}");
    said(&[
        ("knowledge.toml", SETTINGS),
        ("careers/data-analyst.toml", &career),
    ])
}

/// What is said of a file of listings beside a good career.
fn said_of_jobs(jobs: &str) -> String {
    said(&[
        ("careers/data-analyst.toml", ANALYST),
        ("jobs/all.toml", jobs),
    ])
}

mod what_loads {
    use super::*;

    #[test]
    fn the_knowledge_base_of_this_repository_loads_without_a_warning() {
        let inside = load(&Files::Embedded, TODAY).unwrap_or_else(|p| panic!("{}", rendered(&p)));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
        let beside = read(&folder).unwrap_or_else(|p| panic!("{}", rendered(&p)));
        assert_eq!(rendered(inside.warnings()), "");
        assert_eq!(inside.version(), beside.version());
        assert!(!inside.careers().is_empty() && !inside.jobs().is_empty());
    }

    #[test]
    fn name_category_and_definition_are_a_whole_career() {
        let knowledge = loaded(&[("careers/data-analyst.toml", ANALYST)]);
        let career = &knowledge.careers()[0];
        assert_eq!(career.id.as_str(), "data-analyst");
        assert_eq!(career.name, "Data Analyst");
        assert_eq!(knowledge.name(), "Waymark");
        assert_eq!(knowledge.default_currency(), "USD");
        let category = &knowledge.categories()[0];
        assert_eq!(
            (category.id.as_str(), category.name.as_str()),
            ("analytics", "Analytics")
        );
        assert_eq!(knowledge.career(&career.id), Some(career));
    }

    #[test]
    fn every_key_of_a_career_arrives() {
        let knowledge = loaded(&[
            (
                "knowledge.toml",
                r#"
name = "Everything"
default_currency = "EUR"

[[categories]]
id = "machine-learning"
name = "Machine learning"
summary = "Models"

[[categories]]
id = "analytics"
name = "Analytics"

[sources.bls-oews]
title = "OEWS"
url = "https://www.bls.gov/oes/"
licence = "public domain"
attribution = "Data: BLS"
"#,
            ),
            ("careers/data-analyst.toml", ANALYST),
            (
                "careers/machine-learning-engineer.toml",
                r#"
name = "Machine Learning Engineer"
summary = "Runs models"
aliases = ["ML engineer", "MLE"]
narrower = ["Ranking engineer"]
fields = ["Machine intelligence"]
ambiguous = ["ML"]
category = "machine-learning"
reviewed = 2026-11-23
definition = "…"
responsibilities = ["Train models"]
education = ["A degree"]
instead = ["A portfolio"]
certifications = ["A certificate"]
industries = ["Finance"]
entry_education = { level = "Bachelor's degree", occupation = "Data scientists", source = "bls-ooh" }
related = ["data-analyst"]

[[skills]]
name = "Machine learning frameworks"
note = "Trains"
examples = ["TensorFlow", "PyTorch"]

[tools]
"Programming languages" = ["Python", "R", "Java", "C++", "C", "C#"]
"Cloud" = ["AWS"]
"Art" = ["Krita"]

[[tips]]
title = "Build a strong foundation"
text = "…"

[outlook]
summary = "…"
growth = { percent = 33.5, from = 2024, to = 2034, occupation = "Data scientists", source = "bls-ooh" }
earlier = [{ percent = 31, from = 2019, to = 2029, occupation = "Others", source = "bls-ooh", fit = "all-other" }]
openings = { per_year = 23_400, from = 2024, to = 2034, occupation = "Data scientists", source = "bls-ooh", fit = "group" }
employment = { jobs = 245_900, year = 2024, occupation = "Data scientists", source = "bls-ooh" }

[salary]
median = { amount = 112_590, currency = "USD", year = 2024, occupation = "Data scientists", source = "bls-oews", fit = "nearest" }

[[salary.levels]]
level = "senior"
p25 = 161_200
median = 201_730
p75 = 259_000
sample = 2_982
year = 2024
country = "US"
source = "bls-ooh"

[sources.bls-ooh]
title = "Handbook"
url = "https://www.bls.gov/ooh/"
"#,
            ),
        ]);
        assert_eq!(rendered(knowledge.warnings()), "");
        let names: Vec<&str> = knowledge
            .careers()
            .iter()
            .map(|career| career.name.as_str())
            .collect();
        assert_eq!(names, ["Data Analyst", "Machine Learning Engineer"]);
        let categories: Vec<&str> = knowledge
            .categories()
            .iter()
            .map(|c| c.id.as_str())
            .collect();
        assert_eq!(categories, ["machine-learning", "analytics"]);
        insta::assert_debug_snapshot!(knowledge.careers()[1], @r#"
        Career {
            id: CareerId(
                "machine-learning-engineer",
            ),
            name: "Machine Learning Engineer",
            aliases: [
                "ML engineer",
                "MLE",
            ],
            narrower: [
                "Ranking engineer",
            ],
            fields: [
                "Machine intelligence",
            ],
            ambiguous: [
                "ML",
            ],
            category: "machine-learning",
            summary: Some(
                "Runs models",
            ),
            reviewed: Some(
                2026-11-23,
            ),
            definition: "…",
            responsibilities: [
                "Train models",
            ],
            skills: [
                Skill {
                    name: "Machine learning frameworks",
                    note: Some(
                        "Trains",
                    ),
                    examples: [
                        "TensorFlow",
                        "PyTorch",
                    ],
                },
            ],
            education: [
                "A degree",
            ],
            instead: [
                "A portfolio",
            ],
            certifications: [
                "A certificate",
            ],
            entry_education: Some(
                EntryEducation {
                    level: "Bachelor's degree",
                    occupation: "Data scientists",
                    fit: Exact,
                    source: "bls-ooh",
                },
            ),
            tools: [
                ToolGroup {
                    name: "Programming languages",
                    items: [
                        "Python",
                        "R",
                        "Java",
                        "C++",
                        "C",
                        "C#",
                    ],
                },
                ToolGroup {
                    name: "Cloud",
                    items: [
                        "AWS",
                    ],
                },
                ToolGroup {
                    name: "Art",
                    items: [
                        "Krita",
                    ],
                },
            ],
            industries: [
                "Finance",
            ],
            outlook: Some(
                Outlook {
                    summary: Some(
                        "…",
                    ),
                    growth: Some(
                        Growth {
                            percent: 33.5,
                            from: 2024,
                            to: 2034,
                            occupation: "Data scientists",
                            fit: Exact,
                            source: "bls-ooh",
                        },
                    ),
                    earlier: [
                        Growth {
                            percent: 31.0,
                            from: 2019,
                            to: 2029,
                            occupation: "Others",
                            fit: AllOther,
                            source: "bls-ooh",
                        },
                    ],
                    openings: Some(
                        Openings {
                            per_year: 23400,
                            from: 2024,
                            to: 2034,
                            occupation: "Data scientists",
                            fit: Group,
                            source: "bls-ooh",
                        },
                    ),
                    employment: Some(
                        Headcount {
                            jobs: 245900,
                            year: 2024,
                            occupation: "Data scientists",
                            fit: Exact,
                            source: "bls-ooh",
                        },
                    ),
                },
            ),
            salary: Some(
                Salary {
                    median: Some(
                        Median {
                            amount: 112590,
                            currency: "USD",
                            year: 2024,
                            occupation: "Data scientists",
                            fit: Nearest,
                            source: "bls-oews",
                        },
                    ),
                    levels: [
                        LevelPay {
                            level: Some(
                                Senior,
                            ),
                            p25: 161200,
                            median: 201730,
                            p75: 259000,
                            currency: "EUR",
                            sample: 2982,
                            year: 2024,
                            country: Some(
                                "US",
                            ),
                            source: "bls-ooh",
                        },
                    ],
                },
            ),
            tips: [
                Tip {
                    title: "Build a strong foundation",
                    text: "…",
                },
            ],
            related: [
                Related {
                    career: CareerId(
                        "data-analyst",
                    ),
                    differs: None,
                },
            ],
            sources: [
                Source {
                    key: "bls-ooh",
                    title: "Handbook",
                    url: Some(
                        "https://www.bls.gov/ooh/",
                    ),
                    licence: None,
                    attribution: None,
                },
                Source {
                    key: "bls-oews",
                    title: "OEWS",
                    url: Some(
                        "https://www.bls.gov/oes/",
                    ),
                    licence: Some(
                        "public domain",
                    ),
                    attribution: Some(
                        "Data: BLS",
                    ),
                },
            ],
        }
        "#);
    }

    #[test]
    fn the_order_of_tools_and_jobs_is_that_of_the_file() {
        let career = format!("{ANALYST}[tools]\nZebra = [\"B\", \"A\"]\nApple = [\"C\"]\n");
        let jobs =
            "[[job]]\ntitle = \"Z\"\ncompany = \"C\"\n[[job]]\ntitle = \"A\"\ncompany = \"C\"\n";
        let knowledge = loaded(&[
            ("careers/data-analyst.toml", &career),
            ("jobs/2026/all.toml", jobs),
        ]);
        let tools: Vec<(&str, usize)> = knowledge.careers()[0]
            .tools
            .iter()
            .map(|group| (group.name.as_str(), group.items.len()))
            .collect();
        assert_eq!(tools, [("Zebra", 2), ("Apple", 1)]);
        let titles: Vec<&str> = knowledge.jobs().iter().map(|job| &*job.title).collect();
        assert_eq!(titles, ["Z", "A"]);
    }

    #[test]
    fn every_key_of_a_listing_arrives_and_absent_ones_are_absent() {
        let knowledge = loaded(&[
            ("careers/data-analyst.toml", ANALYST),
            (
                "jobs/all.toml",
                r#"
[[job]]
id = "J-1.x_2"
title = "Data Analyst"
company = "Example Ltd"
location = "Berlin"
remote = false
type = "full-time"
level = "mid"
salary = { min = 60_000, max = 80_000, currency = "EUR", per = "year" }
careers = ["data-analyst"]
url = "https://example.com/jobs/1"
posted = 2026-11-20
expires = 2026-12-20

[[job]]
title = "Data Analyst"
company = "Example Ltd"
"#,
            ),
        ]);
        insta::assert_debug_snapshot!(knowledge.jobs(), @r#"
        [
            Job {
                id: JobId(
                    "J-1.x_2",
                ),
                title: "Data Analyst",
                company: "Example Ltd",
                location: Some(
                    "Berlin",
                ),
                remote: Some(
                    false,
                ),
                job_type: Some(
                    FullTime,
                ),
                level: Some(
                    Mid,
                ),
                salary: Some(
                    Pay {
                        min: Some(
                            60000,
                        ),
                        max: Some(
                            80000,
                        ),
                        currency: Some(
                            "EUR",
                        ),
                        per: Some(
                            Year,
                        ),
                    },
                ),
                careers: [
                    CareerId(
                        "data-analyst",
                    ),
                ],
                url: Some(
                    "https://example.com/jobs/1",
                ),
                posted: Some(
                    2026-11-20,
                ),
                expires: Some(
                    2026-12-20,
                ),
            },
            Job {
                id: JobId(
                    "data-analyst-b14ee84e72",
                ),
                title: "Data Analyst",
                company: "Example Ltd",
                location: None,
                remote: None,
                job_type: None,
                level: None,
                salary: None,
                careers: [],
                url: None,
                posted: None,
                expires: None,
            },
        ]
        "#);
        let second = &knowledge.jobs()[1];
        assert_eq!(knowledge.job(&second.id), Some(second));
    }

    #[test]
    fn a_derived_id_stays_when_other_keys_of_the_listing_change() {
        let id = |more: &str| {
            let jobs = format!(
                "[[job]]\ntitle = \"Lead\"\ncompany = \"Acme\"\nlocation = \"Oslo\"\n{more}"
            );
            let files = [
                ("careers/data-analyst.toml", ANALYST),
                ("jobs/a.toml", &jobs),
            ];
            loaded(&files).jobs()[0].id.as_str().to_owned()
        };
        assert_eq!(id(""), "lead-a40843d2c5");
        assert_eq!(id("level = \"senior\"\n"), id(""));
    }

    #[test]
    fn skills_and_tools_are_shown_by_their_canonical_names() {
        let career = format!(
            "{ANALYST}[tools]\nDatabases = [\"postgres\"]\n[[skills]]\nname = \"sql\"\nexamples = [\"Postgre SQL\"]\n"
        );
        let skills = "[[skill]]\nname = \"PostgreSQL\"\nkind = \"tool\"\naliases = [\"postgres\"]\n[[skill]]\nname = \"SQL\"\n";
        let knowledge = loaded(&[
            ("careers/data-analyst.toml", &career),
            ("skills.toml", skills),
        ]);
        let career: &Career = &knowledge.careers()[0];
        assert_eq!(career.all_tools().collect::<Vec<_>>(), ["PostgreSQL"]);
        assert_eq!(
            career.all_skills().collect::<Vec<_>>(),
            ["SQL", "PostgreSQL"]
        );
        insta::assert_snapshot!(rendered(knowledge.warnings()), @r#"
        warning: `postgres` is another spelling of a name in skills.toml
         --> careers/data-analyst.toml:5:14
          |
        5 | Databases = ["postgres"]
          |              ^^^^^^^^^^
          |
          = help: write `PostgreSQL`

        warning: `sql` is another spelling of a name in skills.toml
         --> careers/data-analyst.toml:7:8
          |
        7 | name = "sql"
          |        ^^^^^
          |
          = help: write `SQL`

        warning: `Postgre SQL` is another spelling of a name in skills.toml
         --> careers/data-analyst.toml:8:13
          |
        8 | examples = ["Postgre SQL"]
          |             ^^^^^^^^^^^^^
          |
          = help: write `PostgreSQL`
        "#);
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_are_fine_and_columns_stay_right() {
        let folder = TempDir::new().unwrap();
        let text = format!("\u{feff}{ANALYST}").replace('\n', "\r\n");
        put(folder.path(), "careers/data-analyst.toml", &text);
        assert_eq!(read(folder.path()).unwrap().careers().len(), 1);
        put(
            folder.path(),
            "careers/data-analyst.toml",
            format!("\u{feff}nam = \"x\"\r\n{}", &text[3..]),
        );
        insta::assert_snapshot!(said_of(folder.path()), @r#"
        error: unknown key `nam`
         --> careers/data-analyst.toml:1:1
          |
        1 | nam = "x"
          | ^^^
          |
          = help: did you mean `name`?
        "#);
    }

    #[test]
    fn notes_schemas_dot_files_and_editors_leftovers_are_passed_over() {
        let knowledge = loaded(&[
            ("careers/data-analyst.toml", ANALYST),
            ("README.md", "x"),
            ("LICENSE", "x"),
            (".git/config.toml", "["),
            (".hidden.toml", "["),
            ("schema/career.toml", "["),
            ("careers/notes.md", "x"),
            ("careers/data-analyst.toml~", "["),
            ("careers/.data-analyst.toml.swp", "["),
            ("careers/#data-analyst.toml#", "["),
            ("careers/data-analyst.toml.bak", "["),
            ("questions.toml", "everyday = [\"go\"]\n"),
        ]);
        assert_eq!(rendered(knowledge.warnings()), "");
    }

    #[test]
    fn the_version_changes_with_the_content_alone() {
        let version = |files: &[(&str, &str)]| loaded(files).version().to_owned();
        let first = version(&[("careers/data-analyst.toml", ANALYST)]);
        assert_eq!(first.len(), 12);
        assert!(first.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(
            first,
            version(&[("careers/data-analyst.toml", ANALYST), ("a.md", "x")])
        );
        assert_ne!(first, version(&[("careers/analyst.toml", ANALYST)]));
        assert_ne!(
            first,
            version(&[("careers/data-analyst.toml", &format!("{ANALYST}\n"))])
        );
    }

    #[test]
    fn thousands_of_listings_load_and_each_is_found_by_its_id() {
        let jobs: String = (0..5_000)
            .map(|number| format!("[[job]]\ntitle = \"Engineer {number}\"\ncompany = \"Acme\"\n"))
            .collect();
        let knowledge = loaded(&[
            ("careers/data-analyst.toml", ANALYST),
            ("jobs/all.toml", &jobs),
        ]);
        assert_eq!(knowledge.jobs().len(), 5_000);
        for job in knowledge.jobs() {
            assert_eq!(knowledge.job(&job.id), Some(job));
            assert!(job.id.as_str().len() <= 40);
        }
    }

    #[test]
    fn a_large_file_of_listings_is_read_and_told_of_like_a_small_one() {
        let sound = "# Above the first.\n[[job]]\nid = \"a\"\ntitle = \"Clerk\"\ncompany = \"Ä\"\nsalary = { min = 1, max = 2 }\n\
                     careers = [\"data-analyst\"]\nposted = 2026-01-01\n\n[[job]]\nid = \"b\"\ntitle = \"Cook\"\ncompany = \"B\"\n\
                     [job.salary]\nmax = 3\n";
        let wrong = [
            "[[job]]\nid = \"a\"\ntitle = \"Again\"\ncompany = \"B\"\n",
            "[[job]]\ntitle = 7\ncompny = \"Ö\"\n\n[[job]]\nsalary = { min = 5, max = 4, currency = \"usd\" }\n",
            "[[job]]\ntitle = \"T\"\ncompany = \"C\"\ncareers = [\"data-analist\"]\nurl = \"example.com\"\nexpires = 2020-01-01\n",
            "[[job]]\ntitle = \"\"\ncompany = \"C\"\n[other]\nkey = 1\n[[job]]\ntitle = \"T\"\ncompany = \"@here\"\nremote = \"no\"\n",
        ];
        let padding = "# Every listing is checked.\n".repeat(10_000);
        let of = |listings: &str, padding: &str| {
            let listings = format!("{sound}{listings}{padding}");
            let files = folder(&[
                ("careers/data-analyst.toml", ANALYST),
                ("jobs/all.toml", &listings),
            ]);
            let jobs = read(files.path()).map(|knowledge| format!("{:?}", knowledge.jobs()));
            (jobs.ok(), said_of(files.path()))
        };
        for listings in wrong {
            let (jobs, said) = of(listings, "");
            assert!(jobs.is_none() && !said.is_empty(), "{said}");
            assert_eq!(of(listings, &padding), (jobs, said));
        }
        let (jobs, said) = of("", "");
        assert!(jobs.is_some() && said.is_empty(), "{said}");
        assert_eq!(of("", &padding), (jobs, said));
        for not_toml in [
            "x",
            "[[job]]\ntitle = \n",
            "[[job]]\ntitle = \"\"\"\n[[job]]\n",
            "\n[[job]",
        ] {
            let (jobs, said) = of(&format!("{not_toml}\n"), &padding);
            assert!(
                jobs.is_none() && said.contains("--> jobs/all.toml:1"),
                "{not_toml}: {said}"
            );
        }
        let (jobs, said) = of("[other]\nkey = 1\n", &padding);
        assert_eq!(jobs, None);
        assert!(said.contains("unknown key `other`"), "{said}");
    }

    #[test]
    fn the_figures_of_a_career_are_typed() {
        let knowledge = loaded(&[
            ("knowledge.toml", SETTINGS),
            (
                "careers/data-analyst.toml",
                &format!(
                    "{ANALYST}related = [{{ career = \"statistician\", differs = \"Proves\" }}]\n\
                     [salary]\nlevels = [{{ p25 = 1, median = 2, p75 = 3, sample = 4, year = 2024, source = \"bls\", level = \"entry\" }}]\n\
                     [outlook.growth]\npercent = 5\nfrom = 2024\nto = 2034\noccupation = \"O\"\nsource = \"bls\"\n"
                ),
            ),
            (
                "careers/statistician.toml",
                &ANALYST.replace("Data Analyst", "Statistician"),
            ),
        ]);
        let career = &knowledge.careers()[0];
        let growth = career.outlook.as_ref().unwrap().growth.as_ref().unwrap();
        assert_eq!(
            (growth.percent, growth.from, growth.to, growth.fit),
            (5.0, 2024, 2034, Fit::Exact)
        );
        let pay = &career.salary.as_ref().unwrap().levels[0];
        assert_eq!(
            (pay.level, pay.currency.as_str(), pay.sample),
            (Some(Level::Entry), "USD", 4)
        );
        let keys: Vec<&str> = career
            .sources
            .iter()
            .map(|source| source.key.as_str())
            .collect();
        assert_eq!(keys, ["bls"]);
        let differs = "Proves".to_owned();
        let related = Related {
            career: knowledge.careers()[1].id.clone(),
            differs: Some(differs),
        };
        assert_eq!(career.related, [related]);
    }
}

mod what_is_said {
    use super::*;

    #[test]
    fn an_unknown_key_comes_with_the_one_that_was_meant() {
        insta::assert_snapshot!(said_of_career("responsibilites = [\"Query\"]\ncolour = \"red\"\n"), @r#"
        error: unknown key `responsibilites`
         --> careers/data-analyst.toml:4:1
          |
        4 | responsibilites = ["Query"]
          | ^^^^^^^^^^^^^^^
          |
          = help: did you mean `responsibilities`?

        error: unknown key `colour`
         --> careers/data-analyst.toml:5:1
          |
        5 | colour = "red"
          | ^^^^^^
          |
          = help: the keys here are `name`, `summary`, `aliases`, `narrower`, `fields`, `ambiguous`, `category`, `reviewed`, `definition`, `responsibilities`, `education`, `instead`, `certifications`, `industries`, `skills`, `tools`, `outlook`, `salary`, `entry_education`, `tips`, `related`, `sources`
        "#);
    }

    #[test]
    fn an_unknown_key_in_a_table_is_told_with_its_table() {
        insta::assert_snapshot!(said_of_career("[outlook]\nsumary = \"x\"\n[outlook.growth]\npercent = 1\nfrom = 2024\nto = 2034\noccupation = \"x\"\nsource = \"bls\"\nunit = \"%\"\n"), @r#"
        error: unknown key `sumary` in `outlook`
         --> careers/data-analyst.toml:5:1
          |
        5 | sumary = "x"
          | ^^^^^^
          |
          = help: did you mean `summary`?

        error: unknown key `unit` in `outlook.growth`
          --> careers/data-analyst.toml:12:1
           |
        12 | unit = "%"
           | ^^^^
           |
           = help: the keys here are `percent`, `from`, `to`, `occupation`, `source`, `fit`
        "#);
    }

    #[test]
    fn a_key_below_a_table_that_belongs_to_the_top_is_told_so() {
        insta::assert_snapshot!(said_of_career("[tools]\nBI = [\"Tableau\"]\nindustries = [\"Finance\"]\n\n[outlook]\nsummary = \"x\"\neducation = [\"y\"]\n"), @r#"
        error: `industries` is read as a category of `tools`
         --> careers/data-analyst.toml:6:1
          |
        6 | industries = ["Finance"]
          | ^^^^^^^^^^
          |
          = help: below `[tools]` every key belongs to that table: move it above the first `[…]` line

        error: unknown key `education` in `outlook`
          --> careers/data-analyst.toml:10:1
           |
        10 | education = ["y"]
           | ^^^^^^^^^
           |
           = help: below `[outlook]` every key belongs to that table: move it above the first `[…]` line
        "#);
    }

    #[test]
    fn wrong_types_are_told_in_plain_words_all_at_once() {
        insta::assert_snapshot!(said_of_career(r#"
summary = 5
aliases = "DA"
reviewed = "2026-11-23"
responsibilities = ["Query", 7]
related = [3]
tools = ["Tableau"]
tips = [{ title = "x", text = true }]

[outlook]
growth = { percent = "5", from = 2024.0, to = 99999, occupation = "x", source = "bls" }
openings = { per_year = -3, from = 2024, to = 2034, occupation = "x", source = "bls", fit = "nearst" }
employment = 5
"#), @r#"
        error: `summary` takes text, not the number 5
         --> careers/data-analyst.toml:5:11
          |
        5 | summary = 5
          |           ^
          |
          = help: put it in quotes

        error: `aliases` takes a list, not text
         --> careers/data-analyst.toml:6:11
          |
        6 | aliases = "DA"
          |           ^^^^
          |
          = help: put it in brackets: `["…", "…"]`

        error: `reviewed` takes a date, not text
         --> careers/data-analyst.toml:7:12
          |
        7 | reviewed = "2026-11-23"
          |            ^^^^^^^^^^^^
          |
          = help: write it without quotes and without a time, such as 2026-11-23

        error: an item of `responsibilities` takes text, not the number 7
         --> careers/data-analyst.toml:8:30
          |
        8 | responsibilities = ["Query", 7]
          |                              ^
          |
          = help: put it in quotes

        error: an item of `related` takes a career's id, not the number 3
         --> careers/data-analyst.toml:9:12
          |
        9 | related = [3]
          |            ^
          |
          = help: write the id in quotes, or a table: `{ career = "…", differs = "…" }`

        error: `tools` takes a table, not a list
          --> careers/data-analyst.toml:10:9
           |
        10 | tools = ["Tableau"]
           |         ^^^^^^^^^^^
           |
           = help: write `[tools]` with one bracket on each side

        error: `tips.text` takes text, not true or false
          --> careers/data-analyst.toml:11:31
           |
        11 | tips = [{ title = "x", text = true }]
           |                               ^^^^
           |
           = help: put it in quotes

        error: `outlook.growth.percent` takes a number, not text
          --> careers/data-analyst.toml:14:22
           |
        14 | growth = { percent = "5", from = 2024.0, to = 99999, occupation = "x", source = "bls" }
           |                      ^^^
           |
           = help: write it in digits without quotes, such as 33.5

        error: `outlook.growth.from` takes a year, not the number 2024.0
          --> careers/data-analyst.toml:14:34
           |
        14 | growth = { percent = "5", from = 2024.0, to = 99999, occupation = "x", source = "bls" }
           |                                  ^^^^^^
           |
           = help: write it in digits without quotes, such as 2024

        error: `outlook.growth.to` takes a year, not the number 99999
          --> careers/data-analyst.toml:14:47
           |
        14 | growth = { percent = "5", from = 2024.0, to = 99999, occupation = "x", source = "bls" }
           |                                               ^^^^^
           |
           = help: write it in digits without quotes, such as 2024

        error: `outlook.openings.per_year` takes a whole number, 0 or more, not the number -3
          --> careers/data-analyst.toml:15:25
           |
        15 | openings = { per_year = -3, from = 2024, to = 2034, occupation = "x", source = "bls", fit = "nearst" }
           |                         ^^
           |
           = help: write it in digits without quotes, such as 112_590

        error: `outlook.openings.fit` cannot be `nearst`
          --> careers/data-analyst.toml:15:93
           |
        15 | openings = { per_year = -3, from = 2024, to = 2034, occupation = "x", source = "bls", fit = "nearst" }
           |                                                                                             ^^^^^^^^
           |
           = help: did you mean `nearest`?

        error: `outlook.employment` takes a table, not the number 5
          --> careers/data-analyst.toml:16:14
           |
        16 | employment = 5
           |              ^
           |
           = help: write it as `{ key = … }`, or its keys below a `[…]` line
        "#);
    }

    #[test]
    fn every_missing_key_is_told_once() {
        insta::assert_snapshot!(said(&[
            ("careers/empty.toml", ""),
            ("careers/half.toml", "# a comment\nname = \"Half\"\n\n[outlook]\ngrowth = { percent = 5 }\n\n[[skills]]\nnote = \"x\"\n"),
            ("jobs/all.toml", "[[job]]\ntitle = \"Engineer\"\n\n[[job]]\n\n[[job]]\ncompany = 5\n"),
        ]), @r#"
        error: `category` is missing
         --> careers/empty.toml:1:1
          |
        1 |
          | ^
          |
          = help: add `category = "…"`

        error: `definition` is missing
         --> careers/empty.toml:1:1
          |
        1 |
          | ^
          |
          = help: add `definition = "…"`

        error: `name` is missing
         --> careers/empty.toml:1:1
          |
        1 |
          | ^
          |
          = help: add `name = "…"`

        error: `category` is missing
         --> careers/half.toml:2:1
          |
        2 | name = "Half"
          | ^^^^
          |
          = help: add `category = "…"`

        error: `definition` is missing
         --> careers/half.toml:2:1
          |
        2 | name = "Half"
          | ^^^^
          |
          = help: add `definition = "…"`

        error: `from` is missing in `outlook.growth`
         --> careers/half.toml:5:10
          |
        5 | growth = { percent = 5 }
          |          ^^^^^^^^^^^^^^^
          |
          = help: add `from = 2024`

        error: `occupation` is missing in `outlook.growth`
         --> careers/half.toml:5:10
          |
        5 | growth = { percent = 5 }
          |          ^^^^^^^^^^^^^^^
          |
          = help: add `occupation = "…"`

        error: `source` is missing in `outlook.growth`
         --> careers/half.toml:5:10
          |
        5 | growth = { percent = 5 }
          |          ^^^^^^^^^^^^^^^
          |
          = help: add `source = "…"`

        error: `to` is missing in `outlook.growth`
         --> careers/half.toml:5:10
          |
        5 | growth = { percent = 5 }
          |          ^^^^^^^^^^^^^^^
          |
          = help: add `to = 2024`

        error: `name` is missing in `skills`
         --> careers/half.toml:7:1
          |
        7 | [[skills]]
          | ^^^^^^^^^^
          |
          = help: add `name = "…"`

        error: `company` is missing
         --> jobs/all.toml:1:1
          |
        1 | [[job]]
          | ^^^^^^^
          |
          = help: add `company = "…"`

        error: `company` is missing
         --> jobs/all.toml:4:1
          |
        4 | [[job]]
          | ^^^^^^^
          |
          = help: add `company = "…"`

        error: `title` is missing
         --> jobs/all.toml:4:1
          |
        4 | [[job]]
          | ^^^^^^^
          |
          = help: add `title = "…"`

        error: `title` is missing
         --> jobs/all.toml:6:1
          |
        6 | [[job]]
          | ^^^^^^^
          |
          = help: add `title = "…"`

        error: `company` takes text, not the number 5
         --> jobs/all.toml:7:11
          |
        7 | company = 5
          |           ^
          |
          = help: put it in quotes
        "#);
    }

    #[test]
    fn brackets_that_are_one_too_few_or_too_many_are_told() {
        insta::assert_snapshot!(said(&[
            ("careers/data-analyst.toml", &format!("{ANALYST}[skills]\nname = \"SQL\"\n[[outlook]]\nsummary = \"x\"\n")),
            ("jobs/a.toml", "[job]\ntitle = \"x\"\ncompany = \"y\"\n"),
            ("jobs/b.toml", "[[jobs]]\ntitle = \"x\"\ncompany = \"y\"\n"),
            ("jobs/c.toml", "job = [1, \"x\"]\n"),
            ("jobs/d.toml", "job = 5\n"),
        ]), @r#"
        error: `skills` takes a list, not a table
         --> careers/data-analyst.toml:4:1
          |
        4 | [skills]
          | ^^^^^^^^
          |
          = help: write `[[skills]]` with two brackets on each side

        error: `outlook` takes a table, not a list
         --> careers/data-analyst.toml:6:1
          |
        6 | [[outlook]]
          | ^^^^^^^^^^^
          |
          = help: write `[outlook]` with one bracket on each side

        error: `job` is a list of tables
         --> jobs/a.toml:1:2
          |
        1 | [job]
          |  ^^^
          |
          = help: write `[[job]]` with two brackets on each side

        error: unknown key `jobs`
         --> jobs/b.toml:1:3
          |
        1 | [[jobs]]
          |   ^^^^
          |
          = help: did you mean `job`?

        error: `job` takes a table, not the number 1
         --> jobs/c.toml:1:8
          |
        1 | job = [1, "x"]
          |        ^
          |
          = help: see the file's format in the documentation

        error: `job` takes a table, not text
         --> jobs/c.toml:1:11
          |
        1 | job = [1, "x"]
          |           ^^^
          |
          = help: see the file's format in the documentation

        error: `job` takes tables, not the number 5
         --> jobs/d.toml:1:1
          |
        1 | job = 5
          | ^^^
          |
          = help: write a `[[job]]` line above the keys of each
        "#);
    }

    #[test]
    fn every_mistake_of_syntax_is_told_with_its_line() {
        insta::assert_snapshot!(said(&[(
            "careers/data-analyst.toml",
            "name = \"Data Analyst\ncategory = analytics\nsummary =\naliases: [\"DA\"]\nreviewed = 2026-02-30\ndefinition = \"C:\\dir\"\nname = \"Twice\"\n",
        )]), @r#"
        error: text that is not closed on its line
         --> careers/data-analyst.toml:1:21
          |
        1 | name = "Data Analyst
          |                     ^
          |
          = help: close it with the same quote; text of several lines stands between `"""`

        error: text without quotes
         --> careers/data-analyst.toml:2:12
          |
        2 | category = analytics
          |            ^^^^^^^^^
          |
          = help: put text in quotes: `"…"`

        error: a value is missing here
         --> careers/data-analyst.toml:3:10
          |
        3 | summary =
          |          ^
          |
          = help: write a value after the `=`

        error: a key is followed by `=`
         --> careers/data-analyst.toml:4:8
          |
        4 | aliases: ["DA"]
          |        ^
          |
          = help: write `=` in place of `:`

        error: an impossible date
         --> careers/data-analyst.toml:5:12
          |
        5 | reviewed = 2026-02-30
          |            ^^^^^^^^^^
          |
          = help: check it: year-month-day, such as 2026-11-23

        error: a backslash that means nothing here
         --> careers/data-analyst.toml:6:18
          |
        6 | definition = "C:\dir"
          |                  ^
          |
          = help: write `\\` for a backslash

        error: `name` is given twice
         --> careers/data-analyst.toml:7:1
          |
        7 | name = "Twice"
          | ^^^^
          |
          = help: keep one of the two
        "#);
    }

    #[test]
    fn a_list_that_is_never_closed_is_told_once() {
        insta::assert_snapshot!(said(&[(
            "careers/data-analyst.toml",
            "name = \"Data Analyst\"\naliases = [\"DA\", \"analyst\"\ncategory = \"analytics\"\ndefinition = \"x\"\n[tools]\nBI = [\"Tableau\"]\n",
        )]), @r#"
        error: a list is not closed before this
         --> careers/data-analyst.toml:3:1
          |
        3 | category = "analytics"
          | ^
          |
          = help: check the commas and the closing `]` of the list above
        "#);
    }

    #[test]
    fn a_key_given_twice_is_told_and_the_rest_is_still_checked() {
        insta::assert_snapshot!(said_of_career("name = \"Again\"\nsumary = \"x\"\n[outlook]\nsummary = \"x\"\n[outlook]\ngrowth = 5\n"), @r#"
        error: `name` is given twice
         --> careers/data-analyst.toml:4:1
          |
        4 | name = "Again"
          | ^^^^
          |
          = help: keep one of the two

        error: unknown key `sumary`
         --> careers/data-analyst.toml:5:1
          |
        5 | sumary = "x"
          | ^^^^^^
          |
          = help: did you mean `summary`?

        error: `outlook` is given twice
         --> careers/data-analyst.toml:8:2
          |
        8 | [outlook]
          |  ^^^^^^^
          |
          = help: keep one of the two

        error: `outlook.growth` takes a table, not the number 5
         --> careers/data-analyst.toml:9:10
          |
        9 | growth = 5
          |          ^
          |
          = help: write it as `{ key = … }`, or its keys below a `[…]` line
        "#);
    }

    #[test]
    fn empty_texts_and_lists_are_told() {
        insta::assert_snapshot!(said_of_career("summary = \"  \"\naliases = []\nresponsibilities = [\"Query\", \"\"]\nskills = []\ntools = {}\nrelated = []\ntips = []\noutlook = {}\nsalary = {}\n"), @r#"
        error: `summary` is empty
         --> careers/data-analyst.toml:4:11
          |
        4 | summary = "  "
          |           ^^^^
          |
          = help: write something, or take it out

        error: `aliases` is empty
         --> careers/data-analyst.toml:5:11
          |
        5 | aliases = []
          |           ^^
          |
          = help: take it out, or put something in

        error: an item of `responsibilities` is empty
         --> careers/data-analyst.toml:6:30
          |
        6 | responsibilities = ["Query", ""]
          |                              ^^
          |
          = help: write something, or take it out

        error: `skills` is empty
         --> careers/data-analyst.toml:7:10
          |
        7 | skills = []
          |          ^^
          |
          = help: take it out, or put something in

        error: `tools` is empty
         --> careers/data-analyst.toml:8:9
          |
        8 | tools = {}
          |         ^^
          |
          = help: take it out, or put something in

        error: `related` is empty
         --> careers/data-analyst.toml:9:11
          |
        9 | related = []
          |           ^^
          |
          = help: take it out, or put something in

        error: `tips` is empty
          --> careers/data-analyst.toml:10:8
           |
        10 | tips = []
           |        ^^
           |
           = help: take it out, or put something in

        error: `outlook` is empty
          --> careers/data-analyst.toml:11:11
           |
        11 | outlook = {}
           |           ^^
           |
           = help: take it out, or put something in

        error: `salary` is empty
          --> careers/data-analyst.toml:12:10
           |
        12 | salary = {}
           |          ^^
           |
           = help: take it out, or put something in
        "#);
    }

    #[test]
    fn an_item_that_stands_twice_is_told() {
        insta::assert_snapshot!(said_of_career("aliases = [\"DA\", \"d.a.\"]\nindustries = [\"Finance\", \"Insurance\", \"Finance\"]\n[tools]\nBI = [\"Tableau\", \"Tableau\"]\nbi = [\"Looker\"]\n[[tips]]\ntitle = \"Start\"\ntext = \"x\"\n[[tips]]\ntitle = \"start\"\ntext = \"y\"\n"), @r#"
        error: `DA` and `d.a.` in `aliases` are the same
         --> careers/data-analyst.toml:4:18
          |
        4 | aliases = ["DA", "d.a."]
          |                  ^^^^^^
          |
          = help: keep one of the two: case, accents, punctuation and spaces make no difference

        error: `Finance` stands twice in `industries`
         --> careers/data-analyst.toml:5:39
          |
        5 | industries = ["Finance", "Insurance", "Finance"]
          |                                       ^^^^^^^^^
          |
          = help: keep one of the two

        error: `Tableau` stands twice in `tools.BI`
         --> careers/data-analyst.toml:7:18
          |
        7 | BI = ["Tableau", "Tableau"]
          |                  ^^^^^^^^^
          |
          = help: keep one of the two

        error: `BI` and `bi` in `tools` are the same
         --> careers/data-analyst.toml:8:1
          |
        8 | bi = ["Looker"]
          | ^^
          |
          = help: keep one of the two: case, accents, punctuation and spaces make no difference

        error: `Start` and `start` in `tips` are the same
          --> careers/data-analyst.toml:13:9
           |
        13 | title = "start"
           |         ^^^^^^^
           |
           = help: keep one of the two: case, accents, punctuation and spaces make no difference
        "#);
    }

    #[test]
    fn a_file_name_that_cannot_be_an_id_is_told_with_a_better_one() {
        insta::assert_snapshot!(said(&[
            ("careers/Data_Analyst.toml", ANALYST),
            ("careers/a-career-whose-name-is-really-too-long.toml", &ANALYST.replace("Data Analyst", "B")),
        ]), @r#"
        error: the file's name cannot be an id
        --> careers/Data_Analyst.toml
         = help: write it in small letters, digits and single hyphens, such as `data-analyst`

        error: the file's name is too long for an id
        --> careers/a-career-whose-name-is-really-too-long.toml
         = help: shorten it: at most 32 characters fit into the buttons that carry it
        "#);
    }

    #[test]
    fn a_name_leads_to_one_career() {
        let career = |name: &str, more: &str| {
            format!("name = \"{name}\"\ncategory = \"x\"\ndefinition = \"x\"\n{more}")
        };
        insta::assert_snapshot!(said(&[
            ("careers/a.toml", &career("Étude Analyst", "aliases = [\"analyst\"]\nambiguous = [\"DA\"]\n")),
            ("careers/b.toml", &career("Etude-analyst", "aliases = [\"B.\", \"data person\"]\nambiguous = [\"DA\"]\n")),
            ("careers/c.toml", &career("C", "narrower = [\"Analyst\"]\nambiguous = [\"Data Person\"]\n")),
            ("careers/data-person.toml", &career("Person", "aliases = [\"person\", \"human\"]\nnarrower = [\"Human\"]\n")),
            ("careers/dataperson.toml", &career("D", "")),
        ]), @r#"
        error: `Etude-analyst` is already the name of `Étude Analyst` (careers/a.toml:1)
         --> careers/b.toml:1:8
          |
        1 | name = "Etude-analyst"
          |        ^^^^^^^^^^^^^^^
          |
          = help: a name leads to one career: keep it in one file, or make it `ambiguous` in both

        error: `data person` is already the id of `data-person`
         --> careers/b.toml:4:18
          |
        4 | aliases = ["B.", "data person"]
          |                  ^^^^^^^^^^^^^
          |
          = help: a name leads to one career: keep it in one file, or make it `ambiguous` in both

        error: `Analyst` is already an alias of `Étude Analyst` (careers/a.toml:4)
         --> careers/c.toml:4:13
          |
        4 | narrower = ["Analyst"]
          |             ^^^^^^^^^
          |
          = help: a name leads to one career: keep it in one file, or make it `ambiguous` in both

        error: `Data Person` is already the id of `data-person`
         --> careers/c.toml:5:14
          |
        5 | ambiguous = ["Data Person"]
          |              ^^^^^^^^^^^^^
          |
          = help: take it out here, or make it `ambiguous` there too

        warning: the alias `person` says nothing that the name does not
         --> careers/data-person.toml:4:12
          |
        4 | aliases = ["person", "human"]
          |            ^^^^^^^^
          |
          = help: take it out: case, accents, punctuation and spaces make no difference

        error: `Human` cannot be an alias and a narrower title of the same career
         --> careers/data-person.toml:5:13
          |
        5 | narrower = ["Human"]
          |             ^^^^^^^
          |
          = help: keep one of the two

        error: the id is the same as `data-person`
        --> careers/dataperson.toml
         = help: rename one of the files: hyphens make no difference
        "#);
    }

    #[test]
    fn references_that_lead_nowhere_are_told() {
        let career = format!(
            "{}related = [\"data-analist\", \"data-analyst\", \"poet\"]\nentry_education = {{ level = \"x\", occupation = \"x\", source = \"blss\" }}\n[salary]\nmedian = {{ amount = 1, currency = \"USD\", year = 2024, occupation = \"x\", source = \"nobody\" }}\n[sources.unused]\ntitle = \"x\"\n[sources.bls]\ntitle = \"Mine\"\n",
            ANALYST.replace("\"analytics\"", "\"analytic\"")
        );
        insta::assert_snapshot!(said(&[
            ("knowledge.toml", SETTINGS),
            ("careers/data-analyst.toml", &career),
            ("jobs/all.toml", "[[job]]\ntitle = \"x\"\ncompany = \"y\"\ncareers = [\"data-analysts\", \"zzz\"]\n"),
        ]), @r#"
        error: the category `analytic` is not in knowledge.toml
         --> careers/data-analyst.toml:2:12
          |
        2 | category = "analytic"
          |            ^^^^^^^^^^
          |
          = help: did you mean `analytics`?

        error: there is no career `data-analist`
         --> careers/data-analyst.toml:4:12
          |
        4 | related = ["data-analist", "data-analyst", "poet"]
          |            ^^^^^^^^^^^^^^
          |
          = help: did you mean `data-analyst`?

        error: a career is not related to itself
         --> careers/data-analyst.toml:4:28
          |
        4 | related = ["data-analist", "data-analyst", "poet"]
          |                            ^^^^^^^^^^^^^^
          |
          = help: take it out

        error: there is no career `poet`
         --> careers/data-analyst.toml:4:44
          |
        4 | related = ["data-analist", "data-analyst", "poet"]
          |                                            ^^^^^^
          |
          = help: name the file of a career in `careers/`, without `.toml`

        error: there is no source `blss`
         --> careers/data-analyst.toml:5:61
          |
        5 | entry_education = { level = "x", occupation = "x", source = "blss" }
          |                                                             ^^^^^^
          |
          = help: did you mean `bls`?

        error: there is no source `nobody`
         --> careers/data-analyst.toml:7:82
          |
        7 | median = { amount = 1, currency = "USD", year = 2024, occupation = "x", source = "nobody" }
          |                                                                                  ^^^^^^^^
          |
          = help: add `[sources.nobody]` with a `title` to this file or to knowledge.toml

        warning: no figure names the source `unused`
         --> careers/data-analyst.toml:8:10
          |
        8 | [sources.unused]
          |          ^^^^^^
          |
          = help: take it out, or name it as the `source` of a figure

        error: the source `bls` already stands in knowledge.toml
          --> careers/data-analyst.toml:10:10
           |
        10 | [sources.bls]
           |          ^^^
           |
           = help: take it out here: the shared one serves every career

        error: there is no career `data-analysts`
         --> jobs/all.toml:4:12
          |
        4 | careers = ["data-analysts", "zzz"]
          |            ^^^^^^^^^^^^^^^
          |
          = help: did you mean `data-analyst`?

        error: there is no career `zzz`
         --> jobs/all.toml:4:29
          |
        4 | careers = ["data-analysts", "zzz"]
          |                             ^^^^^
          |
          = help: name the file of a career in `careers/`, without `.toml`

        warning: no career is in the category `analytics`
         --> knowledge.toml:4:6
          |
        4 | id = "analytics"
          |      ^^^^^^^^^^^
          |
          = help: take it out, or set it as the `category` of a career
        "#);
    }

    #[test]
    fn numbers_that_cannot_be_are_told() {
        insta::assert_snapshot!(said_of_career(r#"
[outlook]
growth = { percent = -101, from = 2034, to = 2024, occupation = "x", source = "bls" }
earlier = [{ percent = nan, from = 24, to = 2101, occupation = "x", source = "bls" }]

[salary]
median = { amount = 0, currency = "usd", year = 2204, occupation = "x", source = "bls" }

[[salary.levels]]
p25 = 30
median = 20
p75 = 10
sample = 0
year = 2024
country = "USA"
source = "bls"

[[salary.levels]]
p25 = 1
median = 2
p75 = 3
sample = 1
year = 2024
country = "USA"
source = "bls"
"#), @r#"
        error: -101 percent cannot be meant
         --> careers/data-analyst.toml:6:22
          |
        6 | growth = { percent = -101, from = 2034, to = 2024, occupation = "x", source = "bls" }
          |                      ^^^^
          |
          = help: growth over the whole span lies between -100 and 1000 percent

        error: 2024 is not after 2034
         --> careers/data-analyst.toml:6:46
          |
        6 | growth = { percent = -101, from = 2034, to = 2024, occupation = "x", source = "bls" }
          |                                              ^^^^
          |
          = help: `from` is the first year and `to` the last

        error: NaN percent cannot be meant
         --> careers/data-analyst.toml:7:24
          |
        7 | earlier = [{ percent = nan, from = 24, to = 2101, occupation = "x", source = "bls" }]
          |                        ^^^
          |
          = help: growth over the whole span lies between -100 and 1000 percent

        error: 24 cannot be the year that is meant
         --> careers/data-analyst.toml:7:36
          |
        7 | earlier = [{ percent = nan, from = 24, to = 2101, occupation = "x", source = "bls" }]
          |                                    ^^
          |
          = help: years run from 1900 to 2100

        error: 2101 cannot be the year that is meant
         --> careers/data-analyst.toml:7:45
          |
        7 | earlier = [{ percent = nan, from = 24, to = 2101, occupation = "x", source = "bls" }]
          |                                             ^^^^
          |
          = help: years run from 1900 to 2100

        error: `amount` is 0
          --> careers/data-analyst.toml:10:21
           |
        10 | median = { amount = 0, currency = "usd", year = 2204, occupation = "x", source = "bls" }
           |                     ^
           |
           = help: leave out what no source gives

        error: `usd` is no currency code
          --> careers/data-analyst.toml:10:35
           |
        10 | median = { amount = 0, currency = "usd", year = 2204, occupation = "x", source = "bls" }
           |                                   ^^^^^
           |
           = help: write three capital letters (ISO 4217), such as USD, EUR or INR

        error: 2204 cannot be the year that is meant
          --> careers/data-analyst.toml:10:49
           |
        10 | median = { amount = 0, currency = "usd", year = 2204, occupation = "x", source = "bls" }
           |                                                 ^^^^
           |
           = help: years run from 1900 to 2100

        error: `median` (20) is not between `p25` (30) and `p75` (10)
          --> careers/data-analyst.toml:14:10
           |
        14 | median = 20
           |          ^^
           |
           = help: a quarter is paid less than `p25`, half less than `median`, a quarter more than `p75`

        error: `sample` is 0
          --> careers/data-analyst.toml:16:10
           |
        16 | sample = 0
           |          ^
           |
           = help: leave out what nobody counted

        error: `USA` is no country code
          --> careers/data-analyst.toml:18:11
           |
        18 | country = "USA"
           |           ^^^^^
           |
           = help: write two capital letters (ISO 3166), such as US, DE or IN

        error: this level, year, country and source already stand in `salary.levels`
          --> careers/data-analyst.toml:22:7
           |
        22 | p25 = 1
           |       ^
           |
           = help: keep one of the two

        error: `USA` is no country code
          --> careers/data-analyst.toml:27:11
           |
        27 | country = "USA"
           |           ^^^^^
           |
           = help: write two capital letters (ISO 3166), such as US, DE or IN
        "#);
    }

    #[test]
    fn what_is_wrong_with_a_listing_is_told() {
        insta::assert_snapshot!(said_of_jobs(r#"
[[job]]
id = "no spaces"
title = "One"
company = "Acme"
type = "fulltime"
level = "guru"
salary = { min = 200, max = 100, currency = "Euro", per = "annum" }
url = "example.com/1"
posted = 2026-11-20
expires = 2026-11-19

[[job]]
title = "Two"
company = "Acme"
salary = {}
url = "https:///x"
posted = 2026-11-20T10:00:00
remote = "yes"

[[job]]
id = "no spaces"
title = "Two"
company = "Acme"

[[job]]
title = "Two"
company = "Acme"
posted = 0001-01-01
url = "https://example.com/a b"
"#), @r#"
        error: `no spaces` cannot be an id
         --> jobs/all.toml:3:6
          |
        3 | id = "no spaces"
          |      ^^^^^^^^^^^
          |
          = help: use letters, digits, `-`, `_` and `.` alone

        error: `type` cannot be `fulltime`
         --> jobs/all.toml:6:8
          |
        6 | type = "fulltime"
          |        ^^^^^^^^^^
          |
          = help: did you mean `full-time`?

        error: `level` cannot be `guru`
         --> jobs/all.toml:7:9
          |
        7 | level = "guru"
          |         ^^^^^^
          |
          = help: it is one of `entry`, `mid`, `senior`, `executive`

        error: `min` (200) is more than `max` (100)
         --> jobs/all.toml:8:18
          |
        8 | salary = { min = 200, max = 100, currency = "Euro", per = "annum" }
          |                  ^^^
          |
          = help: swap them, or correct one of them

        error: `Euro` is no currency code
         --> jobs/all.toml:8:45
          |
        8 | salary = { min = 200, max = 100, currency = "Euro", per = "annum" }
          |                                             ^^^^^^
          |
          = help: write three capital letters (ISO 4217), such as USD, EUR or INR

        error: `salary.per` cannot be `annum`
         --> jobs/all.toml:8:59
          |
        8 | salary = { min = 200, max = 100, currency = "Euro", per = "annum" }
          |                                                           ^^^^^^^
          |
          = help: it is one of `hour`, `day`, `week`, `month`, `year`

        error: `url` is not a web link
         --> jobs/all.toml:9:7
          |
        9 | url = "example.com/1"
          |       ^^^^^^^^^^^^^^^
          |
          = help: start it with `https://` or `http://`

        error: `expires` (2026-11-19) is before `posted` (2026-11-20)
          --> jobs/all.toml:11:11
           |
        11 | expires = 2026-11-19
           |           ^^^^^^^^^^
           |
           = help: `expires` is the last day on which the listing is open

        error: `salary` names no amount
          --> jobs/all.toml:16:10
           |
        16 | salary = {}
           |          ^^
           |
           = help: give `min`, `max` or both, or take it out

        error: `url` names no host
          --> jobs/all.toml:17:7
           |
        17 | url = "https:///x"
           |       ^^^^^^^^^^^^
           |
           = help: write the whole link, such as `https://example.com/jobs/1`

        error: `posted` takes a date, not a date with a time
          --> jobs/all.toml:18:10
           |
        18 | posted = 2026-11-20T10:00:00
           |          ^^^^^^^^^^^^^^^^^^^
           |
           = help: write it without quotes and without a time, such as 2026-11-23

        error: `remote` takes true or false, not text
          --> jobs/all.toml:19:10
           |
        19 | remote = "yes"
           |          ^^^^^
           |
           = help: write `true` or `false` without quotes

        error: `no spaces` cannot be an id
          --> jobs/all.toml:22:6
           |
        22 | id = "no spaces"
           |      ^^^^^^^^^^^
           |
           = help: use letters, digits, `-`, `_` and `.` alone

        error: the id `no spaces` already belongs to a listing (jobs/all.toml:3)
          --> jobs/all.toml:22:6
           |
        22 | id = "no spaces"
           |      ^^^^^^^^^^^
           |
           = help: give each listing an id of its own

        error: a listing with this title, company and location is already there (jobs/all.toml:14)
          --> jobs/all.toml:27:9
           |
        27 | title = "Two"
           |         ^^^^^
           |
           = help: keep one of the two, or give each an `id`

        error: 0001-01-01 cannot be the date that is meant
          --> jobs/all.toml:29:10
           |
        29 | posted = 0001-01-01
           |          ^^^^^^^^^^
           |
           = help: years run from 1900 to 2100

        error: `url` has white space in it
          --> jobs/all.toml:30:7
           |
        30 | url = "https://example.com/a b"
           |       ^^^^^^^^^^^^^^^^^^^^^^^^^
           |
           = help: write `%20` for a space
        "#);
    }

    #[test]
    fn texts_that_are_too_long_or_not_one_line_are_told() {
        let career = format!(
            "name = \"Data\\nAnalyst\"\ncategory = \"analytics\"\ndefinition = \"{}\"\naliases = [\"{}\"]\n",
            "long ".repeat(400),
            "x".repeat(81)
        );
        insta::assert_snapshot!(said(&[
            ("careers/data-analyst.toml", &career),
            ("jobs/all.toml", &format!("[[job]]\ntitle = \"{}\"\ncompany = \"y\"\nurl = \"https://example.com/{}\"\n", "t".repeat(201), "u".repeat(512))),
        ]), @r#"
        error: `name` takes one line of text
         --> careers/data-analyst.toml:1:8
          |
        1 | name = "Data\nAnalyst"
          |        ^^^^^^^^^^^^^^^
          |
          = help: take out line breaks, tabs and other control characters

        error: `definition` is 1,999 characters long
         --> careers/data-analyst.toml:3:14
          |
        3 | definition = "long long long long long long long long long long long long long long long long long long long long long l…
          |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: shorten it: at most 1,500 fit

        error: an item of `aliases` is 81 characters long
         --> careers/data-analyst.toml:4:12
          |
        4 | aliases = ["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]
          |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: shorten it: at most 80 fit

        error: `title` is 201 characters long
         --> jobs/all.toml:2:9
          |
        2 | title = "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt…
          |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: shorten it: at most 200 fit

        error: `url` is 532 characters long
         --> jobs/all.toml:4:7
          |
        4 | url = "https://example.com/uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu…
          |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: shorten it: at most 512 fit
        "#);
    }

    #[test]
    fn what_is_wrong_with_the_knowledge_base_as_a_whole_is_told() {
        insta::assert_snapshot!(said(&[
            ("careers/data-analyst.toml", ANALYST),
            ("knowledge.toml", "name = \"\"\ndefault_currency = \"Dollar\"\n[[categories]]\nid = \"analytics\"\nname = \"A\"\n[[categories]]\nid = \"Analytics\"\nname = \"A\"\n[[categories]]\nid = \"empty-one\"\nname = \"A\"\n[sources.a]\nurl = \"ftp://x\"\n"),
        ]), @r#"
        error: `name` is empty
         --> knowledge.toml:1:8
          |
        1 | name = ""
          |        ^^
          |
          = help: write something, or take it out

        error: `Dollar` is no currency code
         --> knowledge.toml:2:20
          |
        2 | default_currency = "Dollar"
          |                    ^^^^^^^^
          |
          = help: write three capital letters (ISO 4217), such as USD, EUR or INR

        error: `Analytics` cannot be an id
         --> knowledge.toml:7:6
          |
        7 | id = "Analytics"
          |      ^^^^^^^^^^^
          |
          = help: write it in small letters, digits and single hyphens, such as `analytics`

        error: the category `Analytics` is declared twice
         --> knowledge.toml:7:6
          |
        7 | id = "Analytics"
          |      ^^^^^^^^^^^
          |
          = help: keep one of the two

        warning: no career is in the category `Analytics`
         --> knowledge.toml:7:6
          |
        7 | id = "Analytics"
          |      ^^^^^^^^^^^
          |
          = help: take it out, or set it as the `category` of a career

        warning: no career is in the category `empty-one`
          --> knowledge.toml:10:6
           |
        10 | id = "empty-one"
           |      ^^^^^^^^^^^
           |
           = help: take it out, or set it as the `category` of a career

        error: `title` is missing in `sources.a`
          --> knowledge.toml:12:1
           |
        12 | [sources.a]
           | ^^^^^^^^^^^
           |
           = help: add `title = "…"`

        error: the link of a source is not a web link
          --> knowledge.toml:13:7
           |
        13 | url = "ftp://x"
           |       ^^^^^^^^^
           |
           = help: start it with `https://` or `http://`
        "#);
    }

    #[test]
    fn without_categories_no_career_is_blamed() {
        insta::assert_snapshot!(said(&[
            ("careers/data-analyst.toml", ANALYST),
            ("knowledge.toml", "name = \"x\"\n"),
        ]), @r#"
        error: `categories` is missing
         --> knowledge.toml:1:1
          |
        1 | name = "x"
          | ^^^^
          |
          = help: add a `[[categories]]` table for each
        "#);
    }

    #[test]
    fn a_skill_belongs_to_one_entry() {
        insta::assert_snapshot!(said(&[
            ("careers/data-analyst.toml", ANALYST),
            ("skills.toml", "[[skill]]\nname = \"PostgreSQL\"\naliases = [\"postgres\", \"Postgre-SQL\"]\nkind = \"database\"\n\n[[skill]]\nname = \"Postgres\"\n\n[[skill]]\nname = \"pg\"\naliases = [\"PostgreSQL\"]\n\n[[skil]]\nname = \"x\"\n"),
        ]), @r#"
        warning: the alias `Postgre-SQL` says nothing new
         --> skills.toml:3:24
          |
        3 | aliases = ["postgres", "Postgre-SQL"]
          |                        ^^^^^^^^^^^^^
          |
          = help: take it out: case, accents, punctuation and spaces make no difference

        error: `kind` cannot be `database`
         --> skills.toml:4:8
          |
        4 | kind = "database"
          |        ^^^^^^^^^^
          |
          = help: it is one of `language`, `tool`, `platform`, `practice`, `subject`, `people`

        error: `Postgres` already belongs to `PostgreSQL` (skills.toml:3)
         --> skills.toml:7:8
          |
        7 | name = "Postgres"
          |        ^^^^^^^^^^
          |
          = help: a name leads to one skill: keep it in one place

        error: `PostgreSQL` already belongs to `PostgreSQL` (skills.toml:2)
          --> skills.toml:11:12
           |
        11 | aliases = ["PostgreSQL"]
           |            ^^^^^^^^^^^^
           |
           = help: a name leads to one skill: keep it in one place

        error: unknown key `skil`
          --> skills.toml:13:3
           |
        13 | [[skil]]
           |   ^^^^
           |
           = help: did you mean `skill`?
        "#);
    }

    #[test]
    fn what_somebody_should_look_at_is_a_warning() {
        let career = format!(
            "{ANALYST}reviewed = 2025-05-22\nsummary = \"Ask @everyone or <@123>\"\naliases = [\"data-analyst\"]\n[tools]\nBI = [\"Tablau\", \"Zxcvb\"]\n"
        );
        let folder = folder(&[
            ("careers/data-analyst.toml", &career),
            ("careers/picture.png", "x"),
            ("skills.toml", "[[skill]]\nname = \"Tableau\"\n"),
            (
                "jobs/all.toml",
                "[[job]]\ntitle = \"x\"\ncompany = \"y\"\nexpires = 2026-11-22\n\n[[job]]\ntitle = \"z\"\ncompany = \"y\"\nexpires = 2026-11-23\n",
            ),
            ("jobs/none.toml", "# later\n"),
        ]);
        assert_eq!(read(folder.path()).unwrap().jobs().len(), 2);
        insta::assert_snapshot!(said_of(folder.path()), @r#"
        warning: nobody has reviewed this career since 2025-05-22
         --> careers/data-analyst.toml:4:12
          |
        4 | reviewed = 2025-05-22
          |            ^^^^^^^^^^
          |
          = help: read it, mend what has changed, and set `reviewed` to that day

        warning: `summary` contains `@everyone`
         --> careers/data-analyst.toml:5:11
          |
        5 | summary = "Ask @everyone or <@123>"
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: it is shown as plain text and pings nobody; leave it out if it was not meant

        warning: `Tablau` is not in skills.toml
         --> careers/data-analyst.toml:8:7
          |
        8 | BI = ["Tablau", "Zxcvb"]
          |       ^^^^^^^^
          |
          = help: did you mean `Tableau`?

        warning: `Zxcvb` is not in skills.toml
         --> careers/data-analyst.toml:8:17
          |
        8 | BI = ["Tablau", "Zxcvb"]
          |                 ^^^^^^^
          |
          = help: add a `[[skill]]` with this `name` to skills.toml

        warning: nothing reads this file
        --> careers/picture.png
         = help: only files whose names end in `.toml` are read

        warning: this listing expired on 2026-11-22
         --> jobs/all.toml:4:11
          |
        4 | expires = 2026-11-22
          |           ^^^^^^^^^^
          |
          = help: take it out; until then it is hidden

        warning: this file has no listing
         --> jobs/none.toml:1:1
          |
        1 | # later
          | ^
          |
          = help: write a `[[job]]` line above the keys of each listing
        "#);
    }

    #[test]
    fn a_career_reviewed_within_eighteen_months_is_not_old() {
        assert_eq!(said_of_career("reviewed = 2025-05-23\n"), "");
    }

    #[test]
    fn the_problems_of_all_files_come_at_once_in_order() {
        let folder = folder(&[
            ("jobs/b.toml", "[[job]]\ntitle = \"x\"\ncompny = \"y\"\n"),
            ("jobs/a.toml", "job = \"\n"),
            ("careers/data-analyst.toml", "nam = 5\n"),
            ("skills.toml", "[[skill]]\nname = 5\n"),
            ("knowledge.toml", "[["),
            ("questions.toml", "x"),
            ("stray.toml", "x"),
        ]);
        put(folder.path(), "careers/latin.toml", b"name = \"Caf\xe9\"\n");
        let problems = read(folder.path()).unwrap_err();
        let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        careers/data-analyst.toml:1:1: `category` is missing
        careers/data-analyst.toml:1:1: `definition` is missing
        careers/data-analyst.toml:1:1: unknown key `nam`
        careers/latin.toml:1:12: this file is not UTF-8: byte 0xE9 at offset 11
        jobs/a.toml:1:8: text that is not closed on its line
        jobs/b.toml:3:1: unknown key `compny`
        knowledge.toml:1:3: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`
        questions.toml:1:2: a key without a value
        skills.toml:2:8: `name` takes text, not the number 5
        stray.toml: nothing reads this file
        "#);
        assert_eq!(problem::summary(&problems), "10 problems in 8 files");
    }

    #[test]
    fn a_file_full_of_mistakes_does_not_drown_the_others() {
        let jobs: String = (0..250)
            .map(|number| {
                format!("[[job]]\ntitle = \"{number}\"\ncompany = \"\"\nexpires = 2020-01-01\n")
            })
            .collect();
        let folder = folder(&[
            ("careers/data-analyst.toml", &format!("{ANALYST}x = 1\n")),
            ("jobs/all.toml", &jobs),
        ]);
        let problems = read(folder.path()).unwrap_err();
        assert_eq!(problems.len(), 1 + 101 + 101);
        let rest: Vec<String> = problems[201..].iter().map(Problem::to_string).collect();
        assert_eq!(
            rest,
            [
                "jobs/all.toml: and 150 more problems in this file",
                "jobs/all.toml: and 150 more warnings in this file",
            ]
        );
    }

    #[test]
    fn one_career_with_hundreds_of_mistakes_is_told_of_the_first_hundred() {
        let lines: String = (0..300)
            .map(|number| format!("key{number} = 1\n"))
            .collect();
        let folder = folder(&[("careers/data-analyst.toml", &format!("{ANALYST}{lines}"))]);
        let problems = read(folder.path()).unwrap_err();
        assert_eq!(problems.len(), 101);
        assert_eq!(
            problems[100].to_string(),
            "careers/data-analyst.toml: and 1 more problems in this file"
        );
    }
}

mod hostile_folders {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let folder = TempDir::new().unwrap();
        let problems = read(&folder.path().join("nowhere")).unwrap_err();
        assert_eq!(problems[0].message, "there is no such folder");
        assert!(problems[0].file.ends_with("nowhere"));
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_told() {
        let folder = folder(&[("knowledge", "x")]);
        let problems = read(&folder.path().join("knowledge")).unwrap_err();
        assert_eq!(
            problems[0].message,
            "this is a file, not a knowledge folder"
        );
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn a_folder_without_a_career_is_told_what_to_do() {
        insta::assert_snapshot!(said(&[("jobs/all.toml", "[[job]]\ntitle = \"x\"\ncompany = \"y\"\n")]), @r#"
        error: this knowledge base has no career
        --> careers
         = help: add a file such as `careers/data-analyst.toml` with `name`, `category` and `definition`
        "#);
        insta::assert_snapshot!(said(&[]), @r#"
        error: this knowledge base has no career
        --> careers
         = help: add a file such as `careers/data-analyst.toml` with `name`, `category` and `definition`
        "#);
    }

    #[test]
    fn files_that_nothing_reads_are_told() {
        insta::assert_snapshot!(said(&[
            ("careers/data-analyst.toml", ANALYST),
            ("careers/team/lead.toml", ANALYST),
            ("carers/data-analyst.toml", ANALYST),
            ("jobs.toml", ""),
            ("careers/CAPITALS.TOML", ""),
        ]), @r#"
        error: nothing reads this file
        --> careers/CAPITALS.TOML
         = help: write the ending in small letters: `.toml`

        error: nothing reads this file
        --> careers/team/lead.toml
         = help: move it to `careers/lead.toml`

        error: nothing reads this file
        --> carers/data-analyst.toml
         = help: careers belong in `careers/`, listings in `jobs/`; at the top stand `knowledge.toml`, `skills.toml`, `questions.toml` and `examples.toml`

        error: nothing reads this file
        --> jobs.toml
         = help: careers belong in `careers/`, listings in `jobs/`; at the top stand `knowledge.toml`, `skills.toml`, `questions.toml` and `examples.toml`
        "#);
    }

    #[test]
    fn an_example_that_teaches_nothing_is_told() {
        let examples = [
            (
                "examples.toml",
                "[[examples]]\nintent = \"jobs\"\nsection = \"salary\"\ntexts = [\"{career} jobs\", \"?!\", \"{carer} jobs\"]\n",
            ),
            ("careers/data-analyst.toml", ANALYST),
        ];
        insta::assert_snapshot!(said(&examples), @r#"
        error: the intent `jobs` has no section
         --> examples.toml:3:11
          |
        3 | section = "salary"
          |           ^^^^^^^^
          |
          = help: only `section` and `compare` have one: leave it out

        error: `?!` holds no word
         --> examples.toml:4:27
          |
        4 | texts = ["{career} jobs", "?!", "{carer} jobs"]
          |                           ^^^^
          |
          = help: write a question as people type it

        error: `{carer} jobs` holds a placeholder that does not exist
         --> examples.toml:4:33
          |
        4 | texts = ["{career} jobs", "?!", "{carer} jobs"]
          |                                 ^^^^^^^^^^^^^^
          |
          = help: there are `{career}`, `{from}`, `{to}`, `{other}` and `{skill}`
        "#);
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_told_with_line_and_offset() {
        let folder = folder(&[("careers/data-analyst.toml", ANALYST)]);
        put(
            folder.path(),
            "careers/latin.toml",
            b"name = \"x\"\nsummary = \"Caf\xe9 noir\"\n",
        );
        put(folder.path(), "careers/wide.toml", b"\xff\xfen\0a\0m\0e\0");
        insta::assert_snapshot!(said_of(folder.path()), @r#"
        error: this file is not UTF-8: byte 0xE9 at offset 25
         --> careers/latin.toml:2:15
          |
        2 | summary = "Caf� noir"
          |               ^
          |
          = help: save it as UTF-8 in your editor

        error: this file is not UTF-8: byte 0xFF at offset 0
         --> careers/wide.toml:1:1
          |
        1 | ��n␀a␀m␀e␀
          | ^
          |
          = help: it looks like UTF-16: save it as UTF-8
        "#);
    }

    #[test]
    fn what_a_file_that_cannot_be_read_may_hold_is_not_missed_elsewhere() {
        let folder = folder(&[
            (
                "careers/data-analyst.toml",
                &format!(
                    "{ANALYST}related = [\"latin\"]\n[outlook]\ngrowth = {{ percent = 5, from = 2024, to = 2034, occupation = \"x\", source = \"bls\" }}\n"
                ),
            ),
            ("skills.toml", "[[skill]]\nname = 5\n"),
        ]);
        put(folder.path(), "careers/latin.toml", b"\xff");
        put(folder.path(), "knowledge.toml", b"\xff");
        let problems = read(folder.path()).unwrap_err();
        let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
        assert_eq!(
            lines,
            [
                "careers/latin.toml:1:1: this file is not UTF-8: byte 0xFF at offset 0",
                "knowledge.toml:1:1: this file is not UTF-8: byte 0xFF at offset 0",
                "skills.toml:2:8: `name` takes text, not the number 5",
            ]
        );
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_without_reading_it() {
        let folder = folder(&[("careers/data-analyst.toml", ANALYST)]);
        for name in ["jobs/big.toml", "careers/big.toml"] {
            put(folder.path(), name, "");
            let file = fs::File::options()
                .write(true)
                .open(folder.path().join(name))
                .unwrap();
            file.set_len(50_000_000_000).unwrap();
        }
        insta::assert_snapshot!(said_of(folder.path()), @r#"
        error: this file is larger than 16 MB
        --> careers/big.toml
         = help: split it into several files

        error: this file is larger than 128 MB
        --> jobs/big.toml
         = help: split it into several files
        "#);
    }

    #[test]
    fn folders_too_deep_and_folders_named_like_files_are_told() {
        insta::assert_snapshot!(said(&[
            ("careers/data-analyst.toml", ANALYST),
            ("careers/folder.toml/inner.toml", "["),
            ("jobs/1/2/3/4/5/6/7/8/9/10/deep.toml", "["),
        ]), @r#"
        error: this is a folder, not a file
        --> careers/folder.toml
         = help: give the folder a name without `.toml`, or take it away

        error: this folder is nested too deeply
        --> jobs/1/2/3/4/5/6/7/8
         = help: move its files up: folders are read to a depth of 8
        "#);
    }

    #[cfg(unix)]
    mod links {
        use std::os::unix::fs::symlink;

        use super::*;

        #[test]
        fn loops_and_links_to_nowhere_are_told() {
            let folder = folder(&[("careers/data-analyst.toml", ANALYST)]);
            fs::create_dir(folder.path().join("jobs")).unwrap();
            symlink(folder.path(), folder.path().join("jobs/again")).unwrap();
            symlink("self.toml", folder.path().join("careers/self.toml")).unwrap();
            symlink("gone", folder.path().join("careers/gone.toml")).unwrap();
            symlink("/dev/zero", folder.path().join("careers/zero.toml")).unwrap();
            insta::assert_snapshot!(said_of(folder.path()), @r#"
        error: this link leads nowhere
        --> careers/gone.toml
         = help: take the link away, or put the file back that it leads to

        error: this cannot be read: Too many levels of symbolic links (os error 40)
        --> careers/self.toml
         = help: check the disk, or take it away

        error: this is not an ordinary file
        --> careers/zero.toml
         = help: put an ordinary file here

        error: this link leads back to a folder that holds it
        --> jobs/again
         = help: take the link away; it leads to the knowledge folder
        "#);
        }

        #[test]
        fn a_mounted_config_map_loads() {
            let folder = folder(&[
                ("careers/..2026_11_23/data-analyst.toml", ANALYST),
                ("store/a.md", "x"),
            ]);
            symlink("..2026_11_23", folder.path().join("careers/..data")).unwrap();
            symlink(
                "..data/data-analyst.toml",
                folder.path().join("careers/data-analyst.toml"),
            )
            .unwrap();
            let knowledge = read(folder.path()).unwrap_or_else(|p| panic!("{}", rendered(&p)));
            assert_eq!(knowledge.careers().len(), 1);
            assert_eq!(rendered(knowledge.warnings()), "");
        }

        #[cfg(target_os = "linux")]
        #[test]
        fn a_file_whose_reading_fails_is_told() {
            let folder = folder(&[("careers/data-analyst.toml", ANALYST)]);
            symlink("/proc/self/mem", folder.path().join("careers/broken.toml")).unwrap();
            insta::assert_snapshot!(said_of(folder.path()), @r#"
        error: this cannot be read: Input/output error (os error 5)
        --> careers/broken.toml
         = help: check the disk, or take it away
        "#);
        }
    }
}

mod reloading {
    use jiff::Timestamp;
    use waymark::knowledge::store::{Changes, Difference, ReloadError, Store};

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_400_000 + second).unwrap()
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_reload_tells_by_name_what_came_changed_and_went() {
        let career = |name: &str| ANALYST.replace("Data Analyst", name);
        let folder = folder(&[
            ("careers/a.toml", &career("Actuary")),
            ("careers/b.toml", &career("Biologist")),
            ("careers/c.toml", &career("Chemist")),
            (
                "jobs/all.toml",
                "[[job]]\ntitle = \"One\"\ncompany = \"Acme\"\n[[job]]\ntitle = \"Two\"\ncompany = \"Acme\"\n",
            ),
            (
                "skills.toml",
                "[[skill]]\nname = \"SQL\"\n[[skill]]\nname = \"R\"\n",
            ),
        ]);
        let store = Store::open(Files::Folder(folder.path().to_owned()), at(0))
            .ok()
            .unwrap();
        let before = store.snapshot();
        assert_eq!(store.reload(at(1)).unwrap(), Changes::default());

        fs::remove_file(folder.path().join("careers/a.toml")).unwrap();
        put(
            folder.path(),
            "careers/b.toml",
            format!("{}summary = \"x\"\n", career("Biologist")),
        );
        put(folder.path(), "careers/d.toml", career("Dancer"));
        put(
            folder.path(),
            "jobs/all.toml",
            "[[job]]\ntitle = \"Two\"\ncompany = \"Acme\"\nlevel = \"mid\"\n[[job]]\ntitle = \"New\"\ncompany = \"Acme\"\n",
        );
        put(
            folder.path(),
            "skills.toml",
            "[[skill]]\nname = \"SQL\"\naliases = [\"sequel\"]\n[[skill]]\nname = \"Rust\"\n",
        );
        put(folder.path(), "knowledge.toml", SETTINGS);

        assert_eq!(
            store.reload(at(2)).unwrap(),
            Changes {
                careers: Difference {
                    added: names(&["Dancer"]),
                    changed: names(&["Biologist"]),
                    removed: names(&["Actuary"]),
                },
                jobs: Difference {
                    added: names(&["New, Acme"]),
                    changed: names(&["Two, Acme"]),
                    removed: names(&["One, Acme"]),
                },
                skills: Difference {
                    added: names(&["Rust"]),
                    changed: names(&["SQL"]),
                    removed: names(&["R"]),
                },
                settings: true,
            }
        );
        assert_eq!(store.status().loaded, at(2));
        assert_eq!(before.careers()[0].name, "Actuary");
        assert_ne!(before.version(), store.snapshot().version());
    }

    #[test]
    fn a_reload_with_problems_changes_nothing_until_they_are_mended() {
        let folder = folder(&[("careers/data-analyst.toml", ANALYST)]);
        let store = Store::open(Files::Folder(folder.path().to_owned()), at(0))
            .ok()
            .unwrap();
        put(
            folder.path(),
            "careers/data-analyst.toml",
            "name = \"Other\"\n",
        );
        let Err(ReloadError::Problems(problems)) = store.reload(at(1)) else {
            panic!("it must be refused");
        };
        assert_eq!(problems.len(), 2);
        assert_eq!(store.snapshot().careers()[0].name, "Data Analyst");
        let status = store.status();
        assert_eq!(status.loaded, at(0));
        assert_eq!(status.failed, Some((at(1), problems)));

        put(
            folder.path(),
            "careers/data-analyst.toml",
            ANALYST.replace("Data Analyst", "Other"),
        );
        let changes = store.reload(at(2)).unwrap();
        assert_eq!(changes.careers.changed, names(&["Other"]));
        assert_eq!(store.status().failed, None);
        assert_eq!(store.snapshot().careers()[0].name, "Other");
    }

    #[test]
    fn a_folder_that_vanishes_leaves_the_old_knowledge_answering() {
        let folder = folder(&[("careers/data-analyst.toml", ANALYST)]);
        let store = Store::open(Files::Folder(folder.path().to_owned()), at(0))
            .ok()
            .unwrap();
        drop(folder);
        assert!(matches!(store.reload(at(1)), Err(ReloadError::Problems(_))));
        assert_eq!(store.snapshot().careers().len(), 1);
    }
}

/// Pieces of TOML that are right and wrong in many ways when put together.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        Just("name"),
        Just("category"),
        Just("definition"),
        Just("skills"),
        Just("tools"),
        Just("outlook"),
        Just("growth"),
        Just("job"),
        Just("title"),
        Just("company"),
        Just("salary"),
        Just("careers"),
        Just("skill"),
        Just("categories"),
        Just("sources"),
        Just("id"),
        Just("related"),
        Just("posted"),
        Just("levels"),
        Just("percent"),
        Just("source"),
        Just(" = "),
        Just("="),
        Just("\n"),
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just("["),
        Just("]"),
        Just("[["),
        Just("]]"),
        Just("{"),
        Just("}"),
        Just("."),
        Just(","),
        Just("\""),
        Just("\"\"\""),
        Just("'"),
        Just("#"),
        Just("\t"),
        Just("\"x\""),
        Just("\"データ\""),
        Just("5"),
        Just("-5"),
        Just("5.5"),
        Just("nan"),
        Just("2026-11-23"),
        Just("true"),
        Just("1e999"),
        Just("99999999999999999999"),
        Just("\u{feff}"),
        Just("\u{0}"),
        Just("\u{202e}"),
        Just("👩\u{200d}💻"),
    ];
    prop::collection::vec(scrap, 0..40).prop_map(|scraps| scraps.concat())
}

fn check_any(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let folder = folder(&[
        ("knowledge.toml", SETTINGS),
        ("careers/data-analyst.toml", ANALYST),
    ]);
    put(folder.path(), name, bytes);
    let Err(problems) = read(folder.path()) else {
        return Ok(());
    };
    let placed = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error && problem.place.is_some());
    prop_assert!(placed, "{}", rendered(&problems));
    for problem in &problems {
        prop_assert!(!problem.render().is_empty());
        prop_assert!(!problem.render_styled().is_empty());
        prop_assert_eq!(problem.to_string().lines().count(), 1);
    }
    Ok(())
}

fn any_file() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("knowledge.toml"),
        Just("skills.toml"),
        Just("questions.toml"),
        Just("examples.toml"),
        Just("careers/data-analyst.toml"),
        Just("careers/other.toml"),
        Just("jobs/all.toml"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_in_any_file_load_or_are_told_with_a_place(name in any_file(), bytes in any::<Vec<u8>>()) {
        check_any(name, &bytes)?;
    }

    #[test]
    fn any_text_in_any_file_loads_or_is_told_with_a_place(name in any_file(), text in any::<String>()) {
        check_any(name, text.as_bytes())?;
    }

    #[test]
    fn any_scraps_of_toml_load_or_are_told_with_a_place(name in any_file(), text in scraps()) {
        check_any(name, text.as_bytes())?;
    }

    #[test]
    fn a_career_with_any_bytes_changed_loads_or_is_told_with_a_place(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = include_bytes!("../knowledge/careers/machine-learning-engineer.toml").to_vec();
        for (place, byte) in edits {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        check_any("careers/data-analyst.toml", &bytes)?;
    }
}
