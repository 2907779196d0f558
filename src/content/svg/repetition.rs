//! How often the parts of a drawing are drawn.
//!
//! `use` draws another part once more, and that part may use others: ten lines are enough for a
//! drawing of a million million shapes, on which a browser works until it is closed.

use roxmltree::{Document, Node};
use rustc_hash::FxHashMap;

use super::{Finding, XLINK, active};

/// No honest drawing has more shapes, however often it repeats them.
const MOST: u64 = 1_000_000;

/// No honest drawing uses parts that use parts that use parts … more often.
const DEEPEST: usize = 16;

/// Counts what is drawn, with all that is used.
pub(super) fn check(document: &Document<'_>) -> Result<(), Finding> {
    let uses = uses(document);
    if uses.is_empty() {
        return Ok(());
    }
    // How much each node draws, with what is below it; a use draws what it uses by the round before.
    // So each round is right for one more step from use to use, and in a circle there is no end.
    let mut drawn: Vec<u64> = Vec::new();
    for _ in 0..DEEPEST {
        let before = std::mem::take(&mut drawn);
        drawn = round(document, &uses, &before);
        if drawn.first().is_some_and(|all| *all > MOST) {
            break;
        }
        if drawn == before {
            return Ok(());
        }
    }
    Err(active("parts that use each other without end"))
}

fn round(document: &Document<'_>, uses: &FxHashMap<usize, Vec<usize>>, before: &[u64]) -> Vec<u64> {
    let nodes: Vec<Node<'_, '_>> = document.descendants().collect();
    let mut drawn = vec![1_u64; nodes.len()];
    for node in nodes.iter().rev() {
        let at = node.id().get_usize();
        for used in uses.get(&at).into_iter().flatten() {
            drawn[at] = drawn[at].saturating_add(before.get(*used).copied().unwrap_or_default());
        }
        if let Some(parent) = node.parent() {
            let above = parent.id().get_usize();
            drawn[above] = drawn[above].saturating_add(drawn[at]);
        }
    }
    drawn
}

/// By the place of a node: the places of those that it uses.
fn uses(document: &Document<'_>) -> FxHashMap<usize, Vec<usize>> {
    let place = |node: Node<'_, '_>| node.id().get_usize();
    let named =
        document.descendants().filter_map(|node| Some((node.attribute("id")?, place(node))));
    let by_name: FxHashMap<&str, usize> = named.collect();
    let mut uses: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for node in document.descendants().filter(Node::is_element) {
        let is_use = matches!(node.tag_name().name(), "use" | "feImage");
        let href = node.attribute("href").or_else(|| node.attribute((XLINK, "href")));
        let used = href.filter(|_| is_use).and_then(|href| href.trim().strip_prefix('#'));
        // What fills or masks a shape is drawn for it, too.
        let styles = node.attributes().flat_map(|it| it.value().split("url(").skip(1));
        let painted = styles.filter_map(|rest| {
            let name = rest.split(')').next()?.trim_matches(['"', '\'', ' ']);
            name.strip_prefix('#')
        });
        let found = used.into_iter().chain(painted).filter_map(|name| by_name.get(name).copied());
        let found: Vec<usize> = found.collect();
        if !found.is_empty() {
            uses.insert(place(node), found);
        }
    }
    uses
}
