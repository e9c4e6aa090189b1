//! The closed sets of words that files, commands and replies share.

use serde::{Deserialize, Serialize};

/// Declares an enum whose variants have an id (as written in files, options and controls) and a title (as shown).
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $id:literal, $title:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $id)] $variant,)+ }

        impl $name {
            /// Every value, in the order in which it is shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// `(title, id)` of every value, as command options offer them.
            pub const CHOICES: &'static [(&'static str, &'static str)] = &[$(($title, $id)),+];

            /// The word as files and options write it.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// The word as people read it.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// The value with this id.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.id() == id)
            }
        }
    };
}

words! {
    /// The nine things that are told of a career, in the order of the page.
    Section {
        /// What the career is, and what sets it apart from its neighbours.
        Definition = "definition", "Definition";
        /// What the person does.
        Responsibilities = "responsibilities", "Responsibilities";
        /// What the person can do.
        Skills = "skills", "Required skills";
        /// Degrees, what is accepted instead, certifications.
        Education = "education", "Education";
        /// Products by category.
        Tools = "tools", "Tools and software";
        /// Where the work is.
        Industries = "industries", "Common industries";
        /// Where demand is heading, with official figures.
        Outlook = "outlook", "Outlook";
        /// What it pays, by source.
        Salary = "salary", "Salary";
        /// First steps.
        Tips = "tips", "Getting started";
    }
}

words! {
    /// How senior a listing or a pay figure is.
    Level {
        /// First years.
        Entry = "entry", "Entry";
        /// Works alone.
        Mid = "mid", "Mid";
        /// Leads others in the work.
        Senior = "senior", "Senior";
        /// Leads an organisation.
        Executive = "executive", "Executive";
    }
}

words! {
    /// The kind of employment that a listing offers.
    JobType {
        /// Full-time.
        FullTime = "full-time", "Full-time";
        /// Part-time.
        PartTime = "part-time", "Part-time";
        /// For a fixed time or task.
        Contract = "contract", "Contract";
        /// For learners.
        Internship = "internship", "Internship";
        /// Self-employed.
        Freelance = "freelance", "Freelance";
    }
}

words! {
    /// The time that an amount of pay is for.
    Period {
        /// An hour.
        Hour = "hour", "an hour";
        /// A day.
        Day = "day", "a day";
        /// A week.
        Week = "week", "a week";
        /// A month.
        Month = "month", "a month";
        /// A year.
        Year = "year", "a year";
    }
}

words! {
    /// What an asker wants.
    Intent {
        /// One career, or one section of it.
        Section = "section", "One career";
        /// Two careers side by side.
        Compare = "compare", "Comparison";
        /// Listings.
        Jobs = "jobs", "Listings";
        /// Careers by skills.
        Match = "match", "Careers by skills";
        /// The way from one career to another.
        Switch = "switch", "A switch";
        /// What careers there are.
        List = "list", "All careers";
        /// Nothing about careers (help, status, or not understood).
        None = "none", "Something else";
    }
}

impl Intent {
    /// Whether a section of a career can be asked for with it.
    pub const fn may_have_section(self) -> bool {
        matches!(self, Self::Section | Self::Compare)
    }

    /// Whether two careers are asked about with it.
    pub const fn is_about_two(self) -> bool {
        matches!(self, Self::Compare | Self::Switch)
    }
}
