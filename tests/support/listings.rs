//! Job listings in any number, always the same ones: skewed like reality, with duplicates, gaps and expired ones.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fastrand::Rng;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// What a title is made around, the career that it belongs to, and what it pays a year in the middle.
const JOBS: &[(&str, Option<&str>, u64)] = &[
    ("Software Engineer", Some("software-engineer"), 130_000),
    ("Data Analyst", Some("data-analyst"), 80_000),
    ("Data Engineer", Some("data-engineer"), 125_000),
    ("Product Manager", Some("product-manager"), 135_000),
    ("Data Scientist", Some("data-scientist"), 130_000),
    ("Account Executive", None, 90_000),
    ("Backend Engineer", Some("backend-developer"), 135_000),
    ("Project Manager", None, 95_000),
    ("Customer Success Manager", None, 85_000),
    ("DevOps Engineer", Some("devops-engineer"), 130_000),
    ("Business Analyst", Some("business-analyst"), 85_000),
    ("Frontend Engineer", Some("frontend-developer"), 125_000),
    (
        "Full Stack Developer",
        Some("full-stack-developer"),
        120_000,
    ),
    ("Registered Nurse", None, 78_000),
    (
        "Machine Learning Engineer",
        Some("machine-learning-engineer"),
        160_000,
    ),
    ("Marketing Manager", None, 92_000),
    (
        "Site Reliability Engineer",
        Some("site-reliability-engineer"),
        145_000,
    ),
    ("Security Engineer", Some("security-engineer"), 140_000),
    ("Solutions Architect", Some("solutions-architect"), 150_000),
    ("Recruiter", None, 70_000),
    ("UX Designer", None, 105_000),
    ("Financial Analyst", None, 82_000),
    ("Cloud Engineer", Some("cloud-engineer"), 128_000),
    ("QA Engineer", None, 95_000),
    ("Sales Development Representative", None, 60_000),
    (
        "Technical Program Manager",
        Some("technical-program-manager"),
        150_000,
    ),
    ("Android Developer", Some("mobile-developer"), 120_000),
    ("iOS Developer", Some("mobile-developer"), 122_000),
    ("Analytics Engineer", Some("analytics-engineer"), 125_000),
    ("Research Scientist", Some("ai-research-scientist"), 165_000),
    ("Platform Engineer", Some("platform-engineer"), 140_000),
    (
        "Database Administrator",
        Some("database-administrator"),
        100_000,
    ),
    ("Civil Engineer", None, 90_000),
    ("Staff Accountant", None, 68_000),
    ("Legal Counsel", None, 150_000),
    (
        "Computer Vision Engineer",
        Some("computer-vision-engineer"),
        155_000,
    ),
    ("Technical Writer", None, 88_000),
    ("Statistician", Some("statistician"), 98_000),
    ("BI Developer", Some("bi-developer"), 100_000),
    ("Electrical Engineer", None, 98_000),
];

/// What may stand before a title, and the level that a feed reads from it.
const RANKS: &[(&str, Option<&str>)] = &[
    ("", None),
    ("", Some("mid")),
    ("Senior ", Some("senior")),
    ("Sr. ", Some("senior")),
    ("Staff ", Some("senior")),
    ("Junior ", Some("entry")),
    ("Lead ", Some("senior")),
    ("Principal ", Some("senior")),
    ("Head of ", Some("executive")),
    ("Intern, ", Some("entry")),
];

/// What may stand after a title.
const FIELDS: &[&str] = &[
    "",
    "",
    "",
    "Payments",
    "Growth",
    "Infrastructure",
    "Search",
    "Identity",
    "Risk & Fraud",
    "Ads",
    "Data Platform",
    "Developer Experience",
    "Healthcare",
    "Supply Chain",
    "AI",
    "Robotics",
    "Enterprise",
    "Compliance",
    "Mobile",
    "Pricing",
    "Logistics",
    "Observability",
    "Climate",
    "Education",
    "Public Sector",
    "Games",
    "Billing",
    "Maps",
];

const NAMES: &[&str] = &[
    "Acorn", "Aurora", "Basalt", "Beacon", "Birch", "Boreal", "Brook", "Canyon", "Cedar", "Cinder",
    "Cobalt", "Comet", "Copper", "Coral", "Delta", "Drift", "Dune", "Ember", "Falcon", "Fern",
    "Fjord", "Flint", "Forge", "Garnet", "Glacier", "Granite", "Harbor", "Hazel", "Helio", "Heron",
    "Indigo", "Iris", "Jasper", "Juniper", "Keystone", "Lagoon", "Larch", "Linden", "Lumen",
    "Maple", "Meridian", "Mesa", "Nimbus", "North", "Obsidian", "Onyx", "Opal", "Orchid", "Osprey",
    "Pebble", "Pine", "Quartz", "Raven", "Ridge", "River", "Saffron", "Sage", "Sierra", "Slate",
    "Sparrow", "Summit", "Tern", "Tidal", "Topaz", "Umber", "Vale", "Vertex", "Willow", "Zephyr",
    "Zircon",
];

const TRADES: &[&str] = &[
    "Labs",
    "Health",
    "Systems",
    "Analytics",
    "Software",
    "Bank",
    "Robotics",
    "Logistics",
    "Energy",
    "Media",
    "Insurance",
    "Networks",
    "Foods",
    "Retail",
    "Mobility",
    "Games",
    "Security",
    "Capital",
    "Bio",
    "Cloud",
    "Technologies",
    "Consulting",
    "Aerospace",
    "Education",
    "Studios",
];

const FORMS: &[&str] = &["", "", ", Inc.", " GmbH", " Ltd", " & Co."];

const CITIES: &[&str] = &[
    "New York, NY",
    "San Francisco, CA",
    "London, UK",
    "Seattle, WA",
    "Austin, TX",
    "Berlin, Germany",
    "Boston, MA",
    "Toronto, Canada",
    "Chicago, IL",
    "Bengaluru, India",
    "Los Angeles, CA",
    "Amsterdam, Netherlands",
    "Denver, CO",
    "Paris, France",
    "Atlanta, GA",
    "Dublin, Ireland",
    "Washington, DC",
    "Tel Aviv-Yafo, Israel",
    "Singapore",
    "Munich, Germany",
    "San Diego, CA",
    "Warsaw, Poland",
    "Portland, OR",
    "Barcelona, Spain",
    "Sydney, Australia",
    "Dallas, TX",
    "Zürich, Switzerland",
    "Philadelphia, PA",
    "Stockholm, Sweden",
    "Miami, FL",
    "Lisbon, Portugal",
    "Vancouver, Canada",
    "Hyderabad, India",
    "Minneapolis, MN",
    "São Paulo, Brazil",
    "Raleigh, NC",
    "Madrid, Spain",
    "Phoenix, AZ",
    "Copenhagen, Denmark",
    "Pittsburgh, PA",
    "Kraków, Poland",
    "Detroit, MI",
    "Oslo, Norway",
    "Salt Lake City, UT",
    "Mexico City, Mexico",
    "Nashville, TN",
    "Vienna, Austria",
    "Columbus, OH",
    "Tokyo, Japan",
    "Charlotte, NC",
    "Helsinki, Finland",
    "Rochester, NY",
    "Manchester, UK",
    "Remote, US",
    "Remote (Europe)",
];

const TYPES: &[&str] = &[
    "full-time",
    "full-time",
    "full-time",
    "full-time",
    "full-time",
    "full-time",
    "full-time",
    "contract",
    "part-time",
    "internship",
];

/// One listing in so many is one that was already there, in the same feed or another.
const COPIES: usize = 50;

/// A listing as an importer writes it.
#[derive(Debug, Clone)]
struct Listing {
    title: String,
    company: String,
    location: Option<String>,
    remote: Option<bool>,
    job_type: Option<&'static str>,
    level: Option<&'static str>,
    career: Option<&'static str>,
    pay: Option<(u64, u64)>,
    url: Option<String>,
    posted: Option<Date>,
    expires: Option<Date>,
}

/// Writes this many listings into `jobs/feeds/` of a knowledge folder, as evenly as it goes into this many files.
pub fn write(folder: &Path, count: usize, feeds: usize, today: Date) {
    let into = folder.join("jobs/feeds");
    fs::create_dir_all(&into).unwrap();
    let mut random = Rng::with_seed(20_261_123);
    let mut before: Vec<Listing> = Vec::new();
    for feed in 0..feeds {
        let share = count * (feed + 1) / feeds - count * feed / feeds;
        let mut text =
            String::from("# Written by an import; changes are lost with the next one.\n");
        for number in 0..share {
            let listing = match before.is_empty() || random.usize(..COPIES) > 0 {
                true => Listing::draw(&mut random, today),
                false => random.choice(&before).unwrap().clone(),
            };
            listing.write(&mut text, &format!("feed-{feed}-{number}"));
            if random.usize(..10) == 0 {
                before.push(listing);
            }
        }
        fs::write(into.join(format!("feed-{feed:02}.toml")), text).unwrap();
    }
}

/// One of these, the first ones much more often than the last.
fn skewed<'t, T>(random: &mut Rng, things: &'t [T]) -> &'t T {
    let place = random.f64().powi(3) * things.len() as f64;
    &things[place as usize]
}

impl Listing {
    fn draw(random: &mut Rng, today: Date) -> Self {
        let &(job, career, middle) = skewed(random, JOBS);
        let (rank, level) = *skewed(random, RANKS);
        let field = *skewed(random, FIELDS);
        let title = match field {
            "" => format!("{rank}{job}"),
            _ if random.bool() => format!("{rank}{job}, {field}"),
            _ => format!("{rank}{job} - {field}"),
        };
        let name = skewed(random, NAMES);
        let trade = skewed(random, TRADES);
        let form = FORMS[(name.len() + trade.len()) % FORMS.len()];
        let company = format!("{name} {trade}{form}");
        let location = (random.usize(..20) > 0).then(|| (*skewed(random, CITIES)).to_owned());
        let far = random.usize(..4) == 0
            || location
                .as_ref()
                .is_some_and(|place| place.starts_with("Remote"));
        let pay = (random.usize(..10) < 6).then(|| {
            let low = middle * random.u64(60..130) / 100 / 1_000 * 1_000;
            (low, low + low * random.u64(10..50) / 100 / 1_000 * 1_000)
        });
        let age = (random.f64().powi(2) * 120.0) as i64;
        let posted = (random.usize(..30) > 0).then(|| ago(today, age.days()));
        let host = [
            "boards.example.com",
            "jobs.example.org",
            "careers.example.net",
        ][random.usize(..3)];
        let slug = company
            .to_lowercase()
            .replace(|letter: char| !letter.is_ascii_alphanumeric(), "");
        Self {
            title,
            company,
            location,
            remote: far.then_some(true),
            job_type: (random.usize(..10) > 0).then(|| *random.choice(TYPES).unwrap()),
            level,
            career,
            pay,
            url: Some(format!(
                "https://{host}/{slug}/jobs/{}",
                random.u64(4_000_000_000..5_000_000_000)
            )),
            posted,
            expires: (random.usize(..4) == 0)
                .then(|| ago(today, (age - random.i64(30..180)).days())),
        }
    }

    fn write(&self, text: &mut String, id: &str) {
        let quoted = |given: &str| format!("{given:?}");
        writeln!(
            text,
            "\n[[job]]\nid = \"{id}\"\ntitle = {}",
            quoted(&self.title)
        )
        .unwrap();
        writeln!(text, "company = {}", quoted(&self.company)).unwrap();
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                writeln!(text, "{key} = {value}").unwrap();
            }
        };
        line("location", self.location.as_deref().map(quoted));
        line("remote", self.remote.map(|remote| remote.to_string()));
        line("type", self.job_type.map(quoted));
        line("level", self.level.map(quoted));
        let pay = |(min, max)| {
            format!("{{ min = {min}, max = {max}, currency = \"USD\", per = \"year\" }}")
        };
        line("salary", self.pay.map(pay));
        line("careers", self.career.map(|career| format!("[{career:?}]")));
        line("url", self.url.as_deref().map(quoted));
        line("posted", self.posted.map(|day| day.to_string()));
        line("expires", self.expires.map(|day| day.to_string()));
    }
}

/// The day that lies this long back (or ahead).
fn ago(today: Date, span: Span) -> Date {
    today
        .checked_sub(span)
        .expect("a few months around this century")
}
