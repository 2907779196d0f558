//! The topics of Ayni's starter vocabulary, as far as the generator needs them.

/// A topic.
pub(crate) struct Topic {
    pub id: String,
    pub broader: Option<String>,
    english: String,
    spanish: String,
}

impl Topic {
    /// What it is called.
    pub(crate) fn label(&self, language: &str) -> &str {
        if language == "es" { &self.spanish } else { &self.english }
    }
}

/// All topics of the starter vocabulary, file by file.
pub(crate) fn starter() -> Vec<Topic> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/directory/starter_topics");
    let files = std::fs::read_dir(folder).expect("the vocabulary lies beside the program's source");
    let mut files: Vec<_> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    let texts = files.iter().map(|file| std::fs::read_to_string(file).expect("a readable file"));
    let text: String = texts.collect();
    let mut topics: Vec<Topic> = Vec::new();
    for line in text.lines() {
        if let Some(id) = line.strip_suffix(':').filter(|id| !id.starts_with([' ', '#'])) {
            let (id, empty) = (id.to_owned(), String::new());
            topics.push(Topic { id, broader: None, english: empty.clone(), spanish: empty });
        }
        let Some(topic) = topics.last_mut() else { continue };
        if let Some(labels) = line.strip_prefix("  label: {") {
            let label = |language: &str| {
                let start = labels.find(&format!("{language}: "))? + language.len() + 2;
                labels[start..].split([',', '}']).next().map(str::to_owned)
            };
            topic.english = label("en").unwrap_or_default();
            topic.spanish = label("es").unwrap_or_default();
        }
        if let Some(broader) = line.strip_prefix("  broader: ") {
            topic.broader = Some(broader.trim().to_owned());
        }
    }
    topics
}

/// A topic and all those above it.
pub(crate) fn lineage<'a>(topics: &'a [Topic], id: &'a str) -> Vec<&'a str> {
    let mut lineage = vec![id];
    let mut above = Some(id);
    while let Some(id) = above {
        above =
            topics.iter().find(|topic| topic.id == id).and_then(|topic| topic.broader.as_deref());
        lineage.extend(above);
    }
    lineage
}
