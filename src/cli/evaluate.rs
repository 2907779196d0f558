//! `ayni match --evaluate FILE`: how good suggestions are, beside what people judged.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use serde_json::json;

use super::{Outcome, named};
use crate::content::record;
use crate::content::yaml::{Node, Value};
use crate::derived::Derived;
use crate::derived::matching::evaluation::{self, Judgements};
use crate::directory::Directory;
use crate::edge::disk;

/// Prints a table, or an array for programs, of the measures by method and group of needs.
pub fn run(derived: &Derived, file: &Path, as_json: bool) -> Result<Outcome> {
    let text = disk::read_text(file)?;
    let judgements = judgements(&derived.directory, &text)
        .with_context(|| format!("reading the judgements in {}", file.display()))?;
    let table =
        evaluation::evaluate(&derived.directory, derived.profiles(), derived.today, &judgements);
    let rows = table.iter().map(|(method, group, quality)| {
        json!({
            "method": method.as_str(),
            "group": group.as_str(),
            "needs": quality.needs,
            "success_at_1": quality.success_at_1,
            "success_at_5": quality.success_at_5,
            "mrr": quality.mean_reciprocal_rank,
            "ndcg_at_10": quality.ndcg_at_10,
        })
    });
    if as_json {
        let rows: Vec<_> = rows.collect();
        anstream::println!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(Outcome::Fine);
    }
    anstream::println!(
        "{:<18}{:<14}{:>6}{:>11}{:>11}{:>8}{:>9}",
        "",
        "",
        "needs",
        "success@1",
        "success@5",
        "MRR",
        "nDCG@10"
    );
    for group in evaluation::Group::ALL {
        let of_group = table.iter().filter(|(_, of, _)| *of == group);
        for (at, (method, _, quality)) in of_group.enumerate() {
            let name = if at == 0 { group.as_str() } else { "" };
            anstream::println!(
                "{name:<18}{:<14}{:>6}{:>11.3}{:>11.3}{:>8.3}{:>9.3}",
                method.as_str(),
                quality.needs,
                quality.success_at_1,
                quality.success_at_5,
                quality.mean_reciprocal_rank,
                quality.ndcg_at_10
            );
        }
    }
    Ok(Outcome::Fine)
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
