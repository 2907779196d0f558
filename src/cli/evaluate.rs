//! `ayni match --evaluate FILE`: how good suggestions are, beside what people judged.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use serde_json::json;

use super::context::Outcome;
use super::named;
use super::terminal::{self, data};
use crate::content::record;
use crate::content::yaml::{Node, Value};
use crate::derived::Derived;
use crate::derived::matching::evaluation::{self, Group, Judgements, Ranked, Suggested};
use crate::directory::Directory;
use crate::edge::disk;

/// Prints tables, or an array for programs: how well offers are ranked, by method and group of needs,
/// and what of it is suggested.
pub(super) fn run(derived: &Derived, file: &Path, as_json: bool) -> Result<Outcome> {
    let text = disk::read_text(file)?;
    let directory = &derived.directory;
    let judgements = judgements(directory, &text)
        .with_context(|| format!("reading the judgements in {}", file.display()))?;
    let ranked = evaluation::evaluate(directory, derived.profiles(), derived.today, &judgements);
    let suggested = evaluation::suggested(directory, derived.matches(), &judgements);
    if as_json {
        let mut rows: Vec<_> = ranked.iter().map(quality_as_json).collect();
        rows.extend(suggested.iter().map(suggested_as_json));
        terminal::json(&rows)?;
        return Ok(Outcome::Fine);
    }
    print_row("", "", ["needs", "success@1", "success@5", "MRR", "nDCG@10"].map(str::to_owned));
    for group in Group::ALL {
        let of_group = ranked.iter().filter(|row| row.group == group);
        for (at, Ranked { method, quality, .. }) in of_group.enumerate() {
            let name = if at == 0 { group.as_str() } else { "" };
            let measures = [
                quality.success_at_1,
                quality.success_at_5,
                quality.mean_reciprocal_rank,
                quality.ndcg_at_10,
            ];
            let [one, five, rank, gain] = measures.map(|measure| format!("{measure:.3}"));
            print_row(name, method.as_str(), [quality.needs.to_string(), one, five, rank, gain]);
        }
    }
    data!("");
    let titles = ["needs", "with any", "with a fit", "pairs", "that fit"];
    print_row("", "", titles.map(str::to_owned));
    for (group, it) in &suggested {
        let counts = [it.needs, it.with_any, it.with_a_fit, it.suggestions, it.that_fit];
        print_row(group.as_str(), SUGGESTED, counts.map(|count| count.to_string()));
    }
    Ok(Outcome::Fine)
}

/// What suggestions are called among the methods.
const SUGGESTED: &str = "suggested";

fn print_row(group: &str, method: &str, [one, two, three, four, five]: [String; 5]) {
    data!("{:<18}{:<14}{:>6}{:>11}{:>12}{:>8}{:>10}", group, method, one, two, three, four, five);
}

fn quality_as_json(Ranked { method, group, quality }: &Ranked) -> serde_json::Value {
    json!({
        "method": method.as_str(),
        "group": group.as_str(),
        "needs": quality.needs,
        "success_at_1": quality.success_at_1,
        "success_at_5": quality.success_at_5,
        "mrr": quality.mean_reciprocal_rank,
        "ndcg_at_10": quality.ndcg_at_10,
    })
}

fn suggested_as_json((group, it): &(Group, Suggested)) -> serde_json::Value {
    json!({
        "method": SUGGESTED,
        "group": group.as_str(),
        "needs": it.needs,
        "with_any": it.with_any,
        "with_a_fit": it.with_a_fit,
        "pairs": it.suggestions,
        "that_fit": it.that_fit,
    })
}

/// Reads `NEED: {OFFER: 2, OTHER: 1}`.
fn judgements(directory: &Directory, text: &str) -> Result<Judgements> {
    let path: Arc<str> = "the judgements".into();
    let (node, problems) = record::read_yaml(&path, text);
    if let Some(problem) = problems.first() {
        let line = text[..problem.place.span.start.min(text.len())].lines().count().max(1);
        bail!("line {line}: {}", problem.message);
    }
    let mut judgements = Judgements::new();
    for (need, offers) in entries(&node)? {
        let of_need = judgements.entry(named::need(directory, need)?).or_default();
        for (offer, grade) in entries(offers)? {
            let id = named::offer(directory, offer)?;
            let grade = match &grade.value {
                Value::Text(text) => text.parse().ok().filter(|grade| *grade <= 2),
                _ => None,
            };
            let grade =
                grade.with_context(|| format!("the grade of `{offer}` is not 0, 1 or 2"))?;
            if grade > 0 {
                of_need.insert(id, grade);
            }
        }
    }
    Ok(judgements)
}

fn entries(node: &Node) -> Result<impl Iterator<Item = (&str, &Node)>> {
    match &node.value {
        Value::Map(entries) => Ok(entries.iter().map(|(key, node)| (key.name.as_str(), node))),
        _ => bail!("write a line a need: `NEED: {{OFFER: 2, OTHER: 1}}`"),
    }
}
