//! Small careers, listings and snapshots for unit tests.

use super::snapshot::Contents;
use super::{Career, CareerId, Job, JobId, Knowledge};

/// A career with these names and nothing else.
pub fn career(id: &str, name: &str, aliases: &[&str]) -> Career {
    Career {
        id: CareerId::new(id),
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        narrower: Vec::new(),
        fields: Vec::new(),
        ambiguous: Vec::new(),
        category: "data".to_owned(),
        summary: None,
        reviewed: None,
        definition: String::new(),
        responsibilities: Vec::new(),
        skills: Vec::new(),
        education: Vec::new(),
        instead: Vec::new(),
        certifications: Vec::new(),
        entry_education: None,
        tools: Vec::new(),
        industries: Vec::new(),
        outlook: None,
        salary: None,
        tips: Vec::new(),
        related: Vec::new(),
        sources: Vec::new(),
    }
}

/// A listing that says nothing but this.
pub fn job(id: &str, title: &str, company: &str, location: Option<&str>) -> Job {
    Job {
        id: JobId::new(id),
        title: title.into(),
        company: company.into(),
        location: location.map(Into::into),
        remote: None,
        job_type: None,
        level: None,
        salary: None,
        careers: [].into(),
        url: None,
        posted: None,
        expires: None,
    }
}

/// A snapshot of these careers and listings.
pub fn knowledge(careers: Vec<Career>, jobs: Vec<Job>) -> Knowledge {
    let contents = Contents {
        name: "Test".to_owned(),
        default_currency: "USD".to_owned(),
        careers,
        jobs,
        ..Contents::default()
    };
    Knowledge::new(contents)
}
