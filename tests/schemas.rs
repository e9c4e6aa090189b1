//! The JSON Schemas by which editors complete and check the knowledge files.
//!
//! `UPDATE_FILES=1 cargo test --test schemas` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use schemars::schema_for;
use waymark::knowledge::format::{
    CareerFile, ExamplesFile, JobsFile, QuestionsFile, SettingsFile, SkillsFile,
};

fn knowledge() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge")
}

fn schemas() -> [(&'static str, schemars::Schema); 6] {
    [
        ("career", schema_for!(CareerFile)),
        ("examples", schema_for!(ExamplesFile)),
        ("jobs", schema_for!(JobsFile)),
        ("knowledge", schema_for!(SettingsFile)),
        ("questions", schema_for!(QuestionsFile)),
        ("skills", schema_for!(SkillsFile)),
    ]
}

#[test]
fn the_schemas_are_what_the_types_say() {
    for (name, schema) in schemas() {
        let path = knowledge().join(format!("schema/{name}.schema.json"));
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("UPDATE_FILES").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &text).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == text,
            "knowledge/schema/{name}.schema.json is not what the types say: run UPDATE_FILES=1 cargo test --test schemas"
        );
    }
}

#[test]
fn every_knowledge_file_names_its_schema_on_its_first_line() {
    let root = knowledge();
    let of = |folder: &str, directive: &str| {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                let text = fs::read_to_string(&path).unwrap();
                let first = text.lines().next().unwrap_or_default();
                assert_eq!(first, directive, "{}", path.display());
            }
        }
    };
    of("careers", "#:schema ../schema/career.schema.json");
    of("jobs", "#:schema ../schema/jobs.schema.json");
    for name in ["examples", "knowledge", "questions", "skills"] {
        let text = fs::read_to_string(root.join(format!("{name}.toml"))).unwrap();
        let directive = format!("#:schema schema/{name}.schema.json");
        assert_eq!(text.lines().next(), Some(directive.as_str()));
    }
}
