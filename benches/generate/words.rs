//! The words of the invented network, read from `english.txt` and `spanish.txt`, and names of
//! places that do not exist.

use crate::random::{Random, Zipf};

/// The words and sentences of one language. In sentences stand gaps: `{n}` things, `{a}` a quality,
/// `{v}` what people do, `{p}` a place, `{t}` a topic, `{d}` a number, `{l}` a link.
pub(crate) struct Lexicon {
    pub language: &'static str,
    pub nouns: Vec<&'static str>,
    pub adjectives: Vec<&'static str>,
    pub verbs: Vec<&'static str>,
    pub sentences: Vec<&'static str>,
    pub summaries: Vec<&'static str>,
    pub needs: Vec<&'static str>,
    pub offers: Vec<&'static str>,
    pub headings: Vec<&'static str>,
    pub links: Vec<&'static str>,
    pub tasks: Vec<&'static str>,
    pub decisions: Vec<&'static str>,
    colours: Vec<&'static str>,
    creatures: Vec<&'static str>,
    trades: Vec<&'static str>,
    noun_ranks: Zipf,
    adjective_ranks: Zipf,
    verb_ranks: Zipf,
}

impl Lexicon {
    /// English.
    pub(crate) fn english() -> Lexicon {
        Lexicon::read("en", include_str!("english.txt"))
    }

    /// Spanish.
    pub(crate) fn spanish() -> Lexicon {
        Lexicon::read("es", include_str!("spanish.txt"))
    }

    fn read(language: &'static str, text: &'static str) -> Lexicon {
        let section = |name: &str| -> Vec<&'static str> {
            let lines = text.lines().skip_while(|line| line.strip_prefix("# ") != Some(name));
            let lines = lines.skip(1).take_while(|line| !line.starts_with("# "));
            lines.flat_map(|line| line.split(" | ")).collect()
        };
        let (nouns, adjectives, verbs) =
            (section("nouns"), section("adjectives"), section("verbs"));
        Lexicon {
            language,
            noun_ranks: Zipf::new(nouns.len()),
            adjective_ranks: Zipf::new(adjectives.len()),
            verb_ranks: Zipf::new(verbs.len()),
            nouns,
            adjectives,
            verbs,
            sentences: section("sentences"),
            summaries: section("summaries"),
            needs: section("needs"),
            offers: section("offers"),
            headings: section("headings"),
            links: section("links"),
            tasks: section("tasks"),
            decisions: section("decisions"),
            colours: section("colours"),
            creatures: section("creatures"),
            trades: section("trades"),
        }
    }

    /// A thing; common ones are common.
    pub(crate) fn noun(&self, random: &mut Random) -> &'static str {
        self.nouns[self.noun_ranks.rank(random)]
    }

    /// A quality.
    pub(crate) fn adjective(&self, random: &mut Random) -> &'static str {
        self.adjectives[self.adjective_ranks.rank(random)]
    }

    /// What people do.
    pub(crate) fn verb(&self, random: &mut Random) -> &'static str {
        self.verbs[self.verb_ranks.rank(random)]
    }

    /// The name of a coop; no two numbers have the same one.
    pub(crate) fn coop(&self, number: usize) -> String {
        let (colours, creatures) = (self.colours.len(), self.creatures.len());
        let all = colours * creatures * self.trades.len();
        // 48,611 is a prime that does not divide `all`, so that every name comes up once.
        let mixed = (number % all) * 48_611 % all;
        let colour = self.colours[mixed % colours];
        let creature = self.creatures[mixed / colours % creatures];
        let trade = self.trades[mixed / colours / creatures];
        let name = match self.language {
            "es" => format!("Example: {trade} {creature} {colour}"),
            _ => format!("Example: {colour} {creature} {trade}"),
        };
        match number / all {
            0 => name,
            more => format!("{name} {}", more + 1),
        }
    }
}

/// Beginnings, middles and ends of names.
const SYLLABLES: [&str; 3] = [
    "Ba Be Bo Ca Ce Co Da De Do Fa Fe Fo Ga Go Ha He Ja Jo Ka Ke Ki La Le Lo Ma Me Mo Na Ne No Pa \
     Pe Po Ra Re Ro Sa Se So Ta Te To Va Ve Wa Za",
    "ba bi bo da di go ka ki la li lo ma mi mo na ni no pa ra ri ro sa si ta ti to va vi za zo",
    "dal den feld gar ka la lan lem lis mar mas na nes ra rath ria rin ron sa sk tal ten tor va",
];

/// Names that no dictionary has: the long tail of every real text.
pub(crate) struct Names {
    all: Vec<String>,
    ranks: Zipf,
}

impl Names {
    /// All names, the frequent ones first.
    pub(crate) fn new() -> Names {
        let [first, middle, last] = SYLLABLES.map(|list| list.split(' ').collect::<Vec<_>>());
        let count = first.len() * middle.len() * last.len();
        let name = |number: usize| {
            let mixed = number * 7_919 % count;
            let (from, rest) = (first[mixed % first.len()], mixed / first.len());
            format!("{from}{}{}", middle[rest % middle.len()], last[rest / middle.len()])
        };
        Names { all: (0..count).map(name).collect(), ranks: Zipf::new(count) }
    }

    /// One of them.
    pub(crate) fn one(&self, random: &mut Random) -> &str {
        &self.all[self.ranks.rank(random)]
    }
}

/// A country, its working languages, and about where it lies.
pub(crate) struct Country {
    pub code: &'static str,
    pub name: &'static str,
    pub languages: &'static [&'static str],
    pub latitude: f64,
    pub longitude: f64,
}

const fn country(
    code: &'static str,
    name: &'static str,
    languages: &'static [&'static str],
    latitude: f64,
    longitude: f64,
) -> Country {
    Country { code, name, languages, latitude, longitude }
}

/// Where coops are, those with many first.
pub(crate) const COUNTRIES: &[Country] = &[
    country("ES", "Spain", &["es", "ca"], 40.2, -3.7),
    country("GB", "United Kingdom", &["en"], 52.8, -1.5),
    country("US", "United States", &["en", "es"], 39.8, -98.6),
    country("AR", "Argentina", &["es"], -34.6, -64.2),
    country("BR", "Brazil", &["pt"], -10.8, -52.9),
    country("DE", "Germany", &["de", "en"], 51.1, 10.4),
    country("FR", "France", &["fr"], 46.6, 2.5),
    country("IT", "Italy", &["it"], 42.8, 12.8),
    country("MX", "Mexico", &["es"], 23.9, -102.5),
    country("IN", "India", &["en", "hi"], 22.9, 79.6),
    country("CO", "Colombia", &["es"], 3.9, -73.1),
    country("KE", "Kenya", &["en", "sw"], 0.6, 37.8),
    country("IE", "Ireland", &["en"], 53.2, -8.1),
    country("CL", "Chile", &["es"], -35.5, -71.2),
    country("CA", "Canada", &["en", "fr"], 56.1, -106.3),
    country("PE", "Peru", &["es", "qu"], -9.2, -74.4),
    country("NG", "Nigeria", &["en"], 9.6, 8.1),
    country("UY", "Uruguay", &["es"], -32.8, -56.0),
    country("PT", "Portugal", &["pt"], 39.6, -8.5),
    country("NL", "Netherlands", &["nl", "en"], 52.1, 5.3),
    country("BE", "Belgium", &["nl", "fr"], 50.6, 4.6),
    country("ID", "Indonesia", &["id"], -2.2, 117.3),
    country("PH", "Philippines", &["en", "tl"], 11.8, 122.9),
    country("GR", "Greece", &["el"], 39.1, 22.9),
    country("BO", "Bolivia", &["es", "ay"], -16.7, -64.7),
    country("EC", "Ecuador", &["es"], -1.4, -78.8),
    country("ZA", "South Africa", &["en"], -29.0, 25.1),
    country("GH", "Ghana", &["en"], 7.9, -1.2),
    country("SN", "Senegal", &["fr", "wo"], 14.4, -14.5),
    country("MA", "Morocco", &["ar", "fr"], 31.9, -6.3),
    country("EG", "Egypt", &["ar"], 26.5, 29.9),
    country("KR", "South Korea", &["ko"], 36.4, 127.8),
    country("JP", "Japan", &["ja"], 37.6, 138.0),
    country("AU", "Australia", &["en"], -25.7, 134.5),
    country("NZ", "New Zealand", &["en"], -41.8, 171.5),
    country("SE", "Sweden", &["sv", "en"], 62.8, 16.7),
    country("PL", "Poland", &["pl"], 52.1, 19.4),
    country("UG", "Uganda", &["en", "sw"], 1.3, 32.4),
    country("CR", "Costa Rica", &["es"], 9.9, -84.2),
    country("TR", "Türkiye", &["tr"], 39.1, 35.2),
];

/// Languages by their codes.
pub(crate) const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "Arabic"),
    ("ay", "Aymara"),
    ("ca", "Catalan"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("es", "Spanish"),
    ("fr", "French"),
    ("hi", "Hindi"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("qu", "Quechua"),
    ("sv", "Swedish"),
    ("sw", "Swahili"),
    ("tl", "Tagalog"),
    ("tr", "Turkish"),
    ("wo", "Wolof"),
];
