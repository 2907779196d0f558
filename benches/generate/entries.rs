//! What each entry of the network says: its fields and its text.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::network::{EntryKind, Network, TODAY};
use crate::random::Random;
use crate::text::{Author, Piece};
use crate::topics;
use crate::yaml::{Fields, Value, list, plain, text};

/// One entry.
pub(crate) struct Entry {
    pub kind: EntryKind,
    pub slug: String,
    pub fields: Fields,
    pub body: Vec<Piece>,
    /// The lists in which it stands, each with its values: `coop-country` with `br`.
    pub lists: Vec<(&'static str, Vec<String>)>,
}

/// Writes an entry.
pub(crate) fn entry(network: &Network, kind: EntryKind, number: usize) -> Entry {
    let mut author = network.author(kind, "text", number);
    let mut entry = Entry {
        kind,
        slug: network.names_of(kind)[number].slug.clone(),
        fields: common(network, kind, number, &mut author),
        body: Vec::new(),
        lists: Vec::new(),
    };
    match kind {
        EntryKind::Coop => coop(network, number, &mut author, &mut entry),
        EntryKind::Need | EntryKind::Offer => {
            proposal(network, number, &mut author, &mut entry);
        }
        EntryKind::Page => entry.body = chapters(&mut author),
        EntryKind::Call => call(network, number, &mut author, &mut entry),
    }
    if is_current(&entry) {
        let sectors = entry.lists.iter().filter(|(list, _)| *list == "coop-sector");
        let sectors = sectors.flat_map(|(_, sectors)| sectors.iter().map(String::as_str));
        let own = author.topics.iter().map(|topic| topic.id.as_str());
        let all: BTreeSet<&str> =
            own.chain(sectors).flat_map(|id| topics::lineage(&network.topics, id)).collect();
        let all = all.into_iter().map(str::to_owned).collect();
        entry.lists.push(("topics", all));
    } else {
        entry.lists = vec![("archive", vec![kind.folder().to_owned()])];
    }
    entry
}

fn chapters(author: &mut Author<'_>) -> Vec<Piece> {
    let count = author.random.between(2, 7);
    author.chapters(count)
}

fn common(network: &Network, kind: EntryKind, number: usize, author: &mut Author<'_>) -> Fields {
    let mut fields: Fields = Vec::new();
    let name = &network.names_of(kind)[number];
    fields.push(("title", text(&name.title)));
    fields.push(("summary", text(author.line(&author.lexicon.summaries))));
    if author.random.percent(3) {
        fields.push(("aliases", list([format!("former-{}", name.slug)])));
    }
    if author.lexicon.language != "en" {
        fields.push(("lang", plain(author.lexicon.language)));
    }
    let created = match kind {
        EntryKind::Call => network.day_of_call(number).saturating_sub(20.days()).min(TODAY),
        _ => TODAY.saturating_sub(days(author.random.below(3 * 365))),
    };
    if kind != EntryKind::Call {
        fields.push(("topics", list(author.topics.iter().map(|topic| &topic.id))));
    }
    fields.push(("created", plain(created)));
    if author.random.percent(50) {
        let since = TODAY.since(created).map_or(0, |span| span.get_days().max(0));
        let later = days(author.random.below(since as usize + 1));
        fields.push(("updated", plain(created.saturating_add(later))));
    }
    if author.random.percent(10) {
        fields.push(("links", Value::Items(vec![link(author, &name.slug)])));
    }
    fields
}

fn days(count: usize) -> Span {
    i64::try_from(count).unwrap_or_default().days()
}

fn link(author: &mut Author<'_>, slug: &str) -> Fields {
    let label = author.line(&author.lexicon.headings);
    let kinds = ["code", "handbook", "chat", "social", "other"];
    let url = format!("https://{slug}.example/{}", author.random.below(1000));
    vec![("label", text(label)), ("url", plain(url)), ("type", plain(author.random.pick(&kinds)))]
}

fn coop(network: &Network, number: usize, author: &mut Author<'_>, entry: &mut Entry) {
    let country = network.country_of(number);
    let (mut languages, random) = (country.languages.to_vec(), &mut author.random);
    if !languages.contains(&"en") && random.percent(40) {
        languages.push("en");
    }
    let form = form(number, random);
    let sectors: Vec<String> = (0..random.between(1, 2))
        .map(|_| network.topics[random.skewed(network.topics.len())].id.clone())
        .collect();
    let mut near = |degrees: f64| {
        let off = random.fraction() * 3.0 - 1.5;
        format!("{:.2}", degrees + off)
    };
    let coordinates = list([near(country.latitude), near(country.longitude)]);
    entry.fields.extend([
        ("country", plain(country.code)),
        ("city", plain(network.names.one(random))),
        ("coordinates", coordinates),
        ("form", plain(form)),
        ("sectors", list(&sectors)),
        ("languages", list(&languages)),
        ("founded", plain(random.between(1950, 2026))),
        ("members", plain(random.between(3, 400))),
        ("website", plain(format!("https://{}.example/", entry.slug))),
    ]);
    let coops = network.names_of(EntryKind::Coop);
    if form != "network" && random.percent(30) {
        let above = &coops[random.below(coops.len().div_ceil(50)) * 50];
        entry.fields.push(("part_of", list([&above.slug])));
    }
    entry.fields.push(("contact", Value::Items(contacts(&entry.slug, random))));
    if random.percent(8) {
        entry.fields.push(("status", plain(random.pick(&["starting", "dormant", "closed"]))));
    }
    entry.lists = vec![
        ("coop-country", vec![country.code.to_lowercase()]),
        ("coop-sector", sectors),
        ("coop-form", vec![form.to_owned()]),
        ("coop-language", languages.into_iter().map(str::to_owned).collect()),
    ];
    let sentences = author.random.between(6, 12);
    entry.body = author.paragraphs(sentences);
}

/// Every fiftieth coop is a network that others belong to.
fn form(number: usize, random: &mut Random) -> &'static str {
    let forms = [
        "worker",
        "worker",
        "worker",
        "platform",
        "producer",
        "consumer",
        "multi-stakeholder",
        "credit-union",
        "community-network",
        "hub",
        "other",
    ];
    let form = random.pick(&forms);
    if number.is_multiple_of(50) { "network" } else { form }
}

/// One or two ways to reach a coop; addresses of email stay in the network.
fn contacts(slug: &str, random: &mut Random) -> Vec<Fields> {
    let mut contacts = Vec::new();
    let mut add = |kind: &'static str, value: String| {
        contacts.push(vec![("type", plain(kind)), ("value", text(value))]);
    };
    if random.percent(60) {
        add("email", format!("hello@{slug}.example"));
    }
    match random.below(3) {
        0 => add("form", format!("https://{slug}.example/contact")),
        1 => add("matrix", format!("#{slug}:example.org")),
        _ => add("fediverse", format!("@{slug}@social.example")),
    }
    contacts
}

fn proposal(network: &Network, number: usize, author: &mut Author<'_>, entry: &mut Entry) {
    let is_need = entry.kind == EntryKind::Need;
    let coop = network.coop_of(entry.kind, number);
    let home = network.country_of(coop);
    let random = &mut author.random;
    let kind = match random.below(100) {
        0..15 => "financial",
        15..40 => "human",
        40..75 => "technical",
        _ => "knowledge",
    };
    let mode = random.pick(&["remote", "remote", "either", "onsite"]);
    let slug = &network.names_of(EntryKind::Coop)[coop].slug;
    let fields = &mut entry.fields;
    fields.extend([("coop", plain(slug)), ("kind", plain(kind)), ("mode", plain(mode))]);
    let languages = match random.percent(70) {
        true => home.languages.to_vec(),
        false => vec!["en"],
    };
    fields.push(("languages", list(&languages)));
    if mode == "onsite" {
        let city = plain(network.names.one(random));
        fields.push(("place", Value::Fields(vec![("country", plain(home.code)), ("city", city)])));
    }
    terms(network, kind, is_need, random, fields);
    let (kinds, countries, of_languages, modes, topics) = match is_need {
        true => ("need-kind", "need-country", "need-language", "need-mode", "need-topic"),
        false => ("offer-kind", "offer-country", "offer-language", "offer-mode", "offer-topic"),
    };
    entry.lists = vec![
        (kinds, vec![kind.to_owned()]),
        (countries, vec![home.code.to_lowercase()]),
        (of_languages, languages.into_iter().map(str::to_owned).collect()),
        (modes, vec![mode.to_owned()]),
        (topics, author.topics.iter().map(|topic| topic.id.clone()).collect()),
    ];
    let sentences = author.random.between(4, 9);
    entry.body = author.paragraphs(sentences);
}

/// On what terms, how much, how soon, until when.
fn terms(network: &Network, kind: &str, is_need: bool, random: &mut Random, fields: &mut Fields) {
    let basis = ["gift", "loan", "exchange", "paid", "negotiable"];
    let first = random.below(basis.len());
    let more = random.below(2) * random.between(1, 4);
    let last = (first + more) % basis.len();
    let chosen = if last == first { vec![basis[first]] } else { vec![basis[first], basis[last]] };
    fields.push(("basis", list(chosen)));
    if kind == "financial" || random.percent(10) {
        let value = plain(random.between(2, 200) * 50);
        let currency = plain(random.pick(&["EUR", "USD", "GBP", "BRL", "ARS", "INR"]));
        fields.push(("amount", Value::Fields(vec![("value", value), ("currency", currency)])));
    } else if random.percent(40) {
        let value = plain(random.between(1, 60));
        let unit = plain(random.pick(&["hours", "days", "pages", "places", "pieces"]));
        fields.push(("quantity", Value::Fields(vec![("value", value), ("unit", unit)])));
    }
    if random.percent(30) {
        fields.push(("urgency", plain(random.pick(&["low", "high"]))));
    }
    if random.percent(40) {
        let until = TODAY.saturating_sub(150.days()).saturating_add(days(random.below(900)));
        fields.push(("until", plain(until)));
    }
    if random.percent(25) {
        let calls = network.names_of(EntryKind::Call);
        fields.push(("raised_in", plain(&calls[random.below(calls.len())].slug)));
    }
    if !is_need && random.percent(50) {
        fields.push(("capacity", plain(random.between(2, 6))));
    }
    if random.percent(15) {
        let statuses = match is_need {
            true => ["parked", "partly-met", "met", "withdrawn"],
            false => ["parked", "exhausted", "exhausted", "withdrawn"],
        };
        fields.push(("status", plain(random.pick(&statuses))));
    }
}

/// Whether it is in lists: not met, exhausted, withdrawn or past its last day.
fn is_current(entry: &Entry) -> bool {
    entry.fields.iter().all(|(name, value)| match (*name, value) {
        ("status", Value::Plain(status)) => {
            !["met", "exhausted", "withdrawn"].contains(&status.as_str())
        }
        ("until", Value::Plain(until)) => until.parse().is_ok_and(|until: Date| until >= TODAY),
        _ => true,
    })
}

/// What one coop said in a call.
struct Turn {
    coop: usize,
    needs: Vec<usize>,
    offers: Vec<usize>,
}

fn call(network: &Network, number: usize, author: &mut Author<'_>, entry: &mut Entry) {
    let (series, day) = (network.series_of(number), network.day_of_call(number));
    let is_held = day < TODAY;
    let coops = network.names_of(EntryKind::Coop);
    let turns = turns(network, &mut author.random);
    let led_by = |random: &mut Random| plain(&coops[random.skewed(coops.len())].slug);
    entry.fields.extend([
        ("series", plain(&series.id)),
        ("start", plain(format!("{day}T{:02}:00", series.hour))),
        ("time_zone", plain("Europe/London")),
        ("status", plain(if is_held { "held" } else { "planned" })),
        ("languages", list(["en", "es"])),
        ("facilitator", led_by(&mut author.random)),
        ("note_taker", led_by(&mut author.random)),
    ]);
    let written = turns.iter().map(|turn| {
        let slugs = |kind: EntryKind, numbers: &[usize]| {
            list(numbers.iter().map(|number| &network.names_of(kind)[*number].slug))
        };
        vec![
            ("coop", plain(&coops[turn.coop].slug)),
            ("about", text(author.line(&author.lexicon.summaries))),
            ("needs", slugs(EntryKind::Need, &turn.needs)),
            ("offers", slugs(EntryKind::Offer, &turn.offers)),
        ]
    });
    let written = written.collect();
    entry.fields.push(("turns", Value::Items(written)));
    if is_held {
        conclusions(network, &turns, author, &mut entry.fields);
        let sentences = author.random.between(6, 14);
        entry.body = author.paragraphs(sentences);
    }
}

/// Each coop takes part once, with at most two needs and two offers of its own.
fn turns(network: &Network, random: &mut Random) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for _ in 0..random.between(6, 12) {
        let coop = random.skewed(network.names_of(EntryKind::Coop).len());
        if turns.iter().any(|turn| turn.coop == coop) {
            continue;
        }
        let mut some = |all: &[usize]| {
            let first = random.below(all.len().max(1));
            all.iter().copied().skip(first).take(2).collect::<Vec<_>>()
        };
        let needs = some(network.needs_of(coop));
        let offers = some(network.offers_of(coop));
        turns.push(Turn { coop, needs, offers });
    }
    turns
}

/// Who was introduced to whom, what was decided, and what is to be done.
fn conclusions(network: &Network, turns: &[Turn], author: &mut Author<'_>, fields: &mut Fields) {
    let mut matches = Vec::new();
    for (asking, giving) in turns.iter().zip(turns.iter().skip(1)) {
        let (Some(need), Some(offer)) = (asking.needs.first(), giving.offers.first()) else {
            continue;
        };
        let slug = |kind, number: usize| plain(&network.names_of(kind)[number].slug);
        let statuses =
            ["introduced", "introduced", "introduced", "agreed", "fulfilled", "declined"];
        matches.push(vec![
            ("need", slug(EntryKind::Need, *need)),
            ("offer", slug(EntryKind::Offer, *offer)),
            ("status", plain(author.random.pick(&statuses))),
            ("note", text(author.line(&author.lexicon.summaries))),
        ]);
        if matches.len() == 4 {
            break;
        }
    }
    if !matches.is_empty() {
        fields.push(("matches", Value::Items(matches)));
    }
    let decisions =
        (0..author.random.between(1, 3)).map(|_| author.line(&author.lexicon.decisions));
    let decisions = decisions.collect();
    fields.push(("decisions", Value::Texts(decisions)));
    let coops = network.names_of(EntryKind::Coop);
    let actions = (0..author.random.between(1, 3)).map(|_| {
        vec![
            ("what", text(author.line(&author.lexicon.tasks))),
            ("who", plain(&coops[author.random.skewed(coops.len())].slug)),
            ("done", plain(author.random.percent(60))),
        ]
    });
    let actions = actions.collect();
    fields.push(("actions", Value::Items(actions)));
}
