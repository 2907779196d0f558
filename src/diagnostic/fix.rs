//! What the program can mend itself.

/// What `ayni check --fix` writes into the file of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Fields of its front matter, which say nothing so far, and their values as YAML of one line.
    Fields(Vec<(&'static str, String)>),
}

impl Fix {
    /// The lines that it adds.
    pub fn lines(&self) -> Vec<String> {
        let Fix::Fields(fields) = self;
        fields.iter().map(|(name, value)| format!("{name}: {value}")).collect()
    }
}
