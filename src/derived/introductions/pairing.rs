//! The heaviest pairing of a graph: edges of which no two share an end, with the greatest sum of weights.
//!
//! This is the primal-dual method of J. Edmonds, "Maximum matching and a polyhedron with 0,1-vertices",
//! 1965, as Z. Galil explains it in "Efficient algorithms for finding maximum matching in graphs", ACM
//! Computing Surveys 18 (1986). Here trees grow from all free ends at once and are kept when they do
//! not change, and every step looks at all edges: with n ends and m edges that is at most of the order
//! of n² m, and in practice far less. It is simpler than methods that remember the best edges, and fast
//! enough for graphs of a few thousand edges.
//!
//! Each end has a price, and an edge is tight when the prices of its ends add up to twice its weight; none
//! is ever cheaper. Trees of tight edges grow from the free ends, every second edge of them taken. Two
//! even nodes that meet either make a longer pairing, or close an odd circle, which then counts as one
//! node (a blossom) until its own price is used up. In the end all free ends cost nothing, which proves
//! that no pairing is heavier.

/// An edge between two different ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// One of the ends.
    pub one: usize,
    /// The other one.
    pub other: usize,
    /// What it is worth to take it.
    pub weight: i64,
}

/// The partner of each of `ends` ends in the heaviest pairing.
pub(super) fn heaviest(ends: usize, edges: &[Edge]) -> Vec<Option<usize>> {
    let mut search = Search::new(ends, edges);
    while let Some(event) = search.next_event() {
        match event {
            Event::Grow { even, free } => search.grow(even, free),
            Event::Meet { one, other } => search.meet(one, other),
            Event::Open { blossom } => search.open(blossom),
        }
    }
    search.partner
}

/// What happens when prices have changed until something is tight.
enum Event {
    /// An even node reaches one that is in no tree.
    Grow { even: usize, free: usize },
    /// Two even nodes reach each other.
    Meet { one: usize, other: usize },
    /// The price of an odd blossom is used up.
    Open { blossom: usize },
}

/// Where a node stands in the trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    /// In no tree.
    None,
    /// An even number of edges away from the root.
    Even,
    /// An odd number of edges away from the root.
    Odd,
}

/// An end, or a blossom.
#[derive(Clone, Debug)]
struct Node {
    label: Label,
    /// The end that is not paired within the node.
    base: usize,
    /// The edge by which the tree came here: from an end of the node above to one of this.
    entry: Option<(usize, usize)>,
    /// The base of the tree's root.
    root: usize,
    /// The blossom that it is a child of.
    within: Option<usize>,
    /// Of a blossom: its nodes around the circle, the one with the base first.
    children: Vec<usize>,
    /// Of a blossom: the edge from each child to the next around the circle.
    links: Vec<(usize, usize)>,
    /// Of an end, what it costs; of a blossom, what its edges cost less.
    price: i64,
}

struct Search<'a> {
    edges: &'a [Edge],
    ends: usize,
    /// The ends, then blossoms.
    nodes: Vec<Node>,
    /// Places of blossoms that were opened.
    unused: Vec<usize>,
    /// By end: the outermost node that it is in.
    outer: Vec<usize>,
    partner: Vec<Option<usize>>,
}

impl<'a> Search<'a> {
    fn new(ends: usize, edges: &'a [Edge]) -> Search<'a> {
        let highest = edges.iter().map(|edge| edge.weight).max().unwrap_or_default().max(0);
        let end = |at| Node { price: highest, ..node(at, Label::Even, at) };
        Search {
            edges,
            ends,
            nodes: (0..ends).map(end).collect(),
            unused: Vec::new(),
            outer: (0..ends).collect(),
            partner: vec![None; ends],
        }
    }

    fn label(&self, end: usize) -> Label {
        self.nodes[self.outer[end]].label
    }

    /// Lets even nodes become cheaper and odd ones dearer until something happens. Nothing happens any
    /// more when free ends cost nothing.
    fn next_event(&mut self) -> Option<Event> {
        // All free ends cost the same, and no even node costs less.
        let free = (0..self.ends).find(|end| self.partner[*end].is_none())?;
        let (mut soonest, mut event) = (self.nodes[free].price, None);
        for Edge { one, other, weight } in self.edges {
            if self.outer[*one] == self.outer[*other] {
                continue;
            }
            let slack = self.nodes[*one].price + self.nodes[*other].price - 2 * weight;
            let (when, what) = match (self.label(*one), self.label(*other)) {
                (Label::Even, Label::Even) => (slack / 2, Event::Meet { one: *one, other: *other }),
                (Label::Even, Label::None) => (slack, Event::Grow { even: *one, free: *other }),
                (Label::None, Label::Even) => (slack, Event::Grow { even: *other, free: *one }),
                _ => continue,
            };
            if when < soonest {
                (soonest, event) = (when, Some(what));
            }
            if soonest == 0 {
                break;
            }
        }
        for blossom in self.ends..self.nodes.len() {
            let node = &self.nodes[blossom];
            if node.label == Label::Odd && node.within.is_none() && node.price < soonest {
                (soonest, event) = (node.price, Some(Event::Open { blossom }));
            }
        }
        self.change_prices(soonest);
        event
    }

    fn change_prices(&mut self, by: i64) {
        for end in 0..self.ends {
            match self.label(end) {
                Label::Even => self.nodes[end].price -= by,
                Label::Odd => self.nodes[end].price += by,
                Label::None => {}
            }
        }
        for node in self.nodes[self.ends..].iter_mut().filter(|node| node.within.is_none()) {
            match node.label {
                Label::Even => node.price += by,
                Label::Odd => node.price -= by,
                Label::None => {}
            }
        }
    }

    /// Takes a node and the one that it is paired with into the tree of an even node.
    fn grow(&mut self, even: usize, free: usize) {
        let (root, odd) = (self.nodes[self.outer[even]].root, self.outer[free]);
        let base = self.nodes[odd].base;
        self.put(odd, Label::Odd, Some((even, free)), root);
        if let Some(partner) = self.partner[base] {
            self.put(self.outer[partner], Label::Even, Some((base, partner)), root);
        }
    }

    fn put(&mut self, node: usize, label: Label, entry: Option<(usize, usize)>, root: usize) {
        let node = &mut self.nodes[node];
        (node.label, node.entry, node.root) = (label, entry, root);
    }

    /// Joins two even nodes: of two trees to a longer pairing, of one tree to a blossom.
    fn meet(&mut self, one: usize, other: usize) {
        let roots = [one, other].map(|end| self.nodes[self.outer[end]].root);
        if roots[0] == roots[1] {
            return self.close(one, other);
        }
        self.turn(one, other);
        self.turn(other, one);
        for node in &mut self.nodes {
            if node.label != Label::None && roots.contains(&node.root) {
                (node.label, node.entry) = (Label::None, None);
            }
        }
    }

    /// Pairs an end of an even node anew, and so each second edge up to the root.
    fn turn(&mut self, end: usize, partner: usize) {
        let (mut end, mut partner) = (end, partner);
        loop {
            let node = self.outer[end];
            let entry = self.nodes[node].entry;
            self.set_base(node, end);
            self.partner[end] = Some(partner);
            let Some((above, _)) = entry else { return };
            let odd = self.outer[above];
            let Some((even, inner)) = self.nodes[odd].entry else { return };
            self.set_base(odd, inner);
            self.partner[inner] = Some(even);
            (end, partner) = (even, inner);
        }
    }

    /// Makes an end the one that is not paired within its node.
    fn set_base(&mut self, node: usize, end: usize) {
        if self.nodes[node].base == end {
            return;
        }
        self.nodes[node].base = end;
        let mut child = end;
        while let Some(within) = self.nodes[child].within.filter(|within| *within != node) {
            child = within;
        }
        let children = &self.nodes[node].children;
        let at = children.iter().position(|other| *other == child).unwrap_or_default();
        self.nodes[node].children.rotate_left(at);
        self.nodes[node].links.rotate_left(at);
        self.set_base(child, end);
        for at in (1..self.nodes[node].children.len()).step_by(2) {
            let (one, other) = self.nodes[node].links[at];
            let [first, second] = [at, at + 1].map(|at| self.nodes[node].children[at]);
            self.set_base(first, one);
            self.set_base(second, other);
            (self.partner[one], self.partner[other]) = (Some(other), Some(one));
        }
    }

    /// The nodes from the one with an end up to the root, each with the edge by which it was entered.
    fn way_up(&self, end: usize) -> Vec<(usize, Option<(usize, usize)>)> {
        let mut way = vec![(self.outer[end], self.nodes[self.outer[end]].entry)];
        while let Some((_, Some((above, _)))) = way.last() {
            let node = self.outer[*above];
            way.push((node, self.nodes[node].entry));
        }
        way
    }

    /// Makes a blossom of the circle that an edge within a tree closes.
    fn close(&mut self, one: usize, other: usize) {
        let (mut down, mut up) = (self.way_up(one), self.way_up(other));
        let mut top = down[down.len() - 1];
        while let (Some(a), Some(b)) = (down.last(), up.last())
            && a.0 == b.0
        {
            top = *a;
            down.pop();
            up.pop();
        }
        down.reverse();
        let mut children = vec![top.0];
        children.extend(down.iter().chain(&up).map(|(node, _)| *node));
        let mut links: Vec<(usize, usize)> = down.iter().filter_map(|(_, entry)| *entry).collect();
        links.push((one, other));
        links.extend(up.iter().filter_map(|(_, entry)| entry.map(|(above, own)| (own, above))));

        let (base, root) = (self.nodes[top.0].base, self.nodes[top.0].root);
        let node = Node { entry: top.1, children, links, ..node(base, Label::Even, root) };
        let blossom = self.unused.pop().unwrap_or(self.nodes.len());
        for child in &node.children {
            self.nodes[*child].within = Some(blossom);
            self.nodes[*child].label = Label::None;
            self.set_outer(*child, blossom);
        }
        match blossom < self.nodes.len() {
            true => self.nodes[blossom] = node,
            false => self.nodes.push(node),
        }
    }

    fn set_outer(&mut self, node: usize, outer: usize) {
        let mut rest = vec![node];
        while let Some(node) = rest.pop() {
            match node < self.ends {
                true => self.outer[node] = outer,
                false => rest.extend(&self.nodes[node].children),
            }
        }
    }

    /// Takes an odd blossom apart. Its children on the even way from where the tree came in to the base
    /// stay in the tree; the others are paired with each other.
    fn open(&mut self, blossom: usize) {
        let Node { children, links, entry, root, .. } =
            std::mem::replace(&mut self.nodes[blossom], node(0, Label::None, 0));
        self.unused.push(blossom);
        for child in &children {
            self.nodes[*child].within = None;
            self.put(*child, Label::None, None, 0);
            self.set_outer(*child, *child);
        }
        let Some((_, inner)) = entry else { return };
        let first = children.iter().position(|child| *child == self.outer[inner]);
        let (count, mut at) = (children.len(), first.unwrap_or_default());
        let forward = at % 2 == 1;
        let (mut label, mut entry) = (Label::Odd, entry);
        loop {
            self.put(children[at], label, entry, root);
            if at == 0 {
                return;
            }
            let (own, next) = match forward {
                true => links[at],
                false => (links[at - 1].1, links[at - 1].0),
            };
            entry = Some((own, next));
            at = if forward { (at + 1) % count } else { at - 1 };
            label = if label == Label::Odd { Label::Even } else { Label::Odd };
        }
    }
}

fn node(base: usize, label: Label, root: usize) -> Node {
    let (children, links) = (Vec::new(), Vec::new());
    Node { label, base, entry: None, root, within: None, children, links, price: 0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The weight of the heaviest pairing, by trying all.
    fn best(edges: &[Edge], taken: u32) -> i64 {
        let Some((Edge { one, other, weight }, rest)) = edges.split_first() else { return 0 };
        let both = (1_u32 << one) | (1 << other);
        let without = best(rest, taken);
        if taken & both == 0 { without.max(weight + best(rest, taken | both)) } else { without }
    }

    fn check(ends: usize, edges: &[Edge]) -> i64 {
        let partner = heaviest(ends, edges);
        for (end, other) in partner.iter().enumerate() {
            let is_mutual = other.is_none_or(|other| partner[other] == Some(end));
            assert!(is_mutual, "{edges:?}: {partner:?}");
        }
        let taken = edges.iter().filter(|edge| partner[edge.one] == Some(edge.other));
        let paired = partner.iter().flatten().count();
        let taken: Vec<&Edge> = taken.collect();
        assert_eq!(taken.len() * 2, paired, "{edges:?}: {partner:?}");
        taken.iter().map(|edge| edge.weight).sum()
    }

    #[test]
    fn small_graphs() {
        for (ends, edges, weight) in [
            (0, &[][..], 0),
            (2, &[(0, 1, 5)], 5),
            (2, &[(0, 1, -5)], 0),
            (4, &[(0, 1, 5), (1, 2, 6), (2, 3, 5)], 10),
            (4, &[(0, 1, 5), (1, 2, 11), (2, 3, 5)], 11),
            // A blossom that the path goes through, and one that has to be opened again.
            (6, &[(0, 1, 8), (0, 2, 9), (1, 2, 10), (2, 3, 7), (0, 5, 5), (3, 4, 6)], 21),
            (6, &[(0, 1, 9), (0, 2, 8), (1, 2, 10), (0, 3, 5), (3, 4, 4), (0, 5, 3)], 17),
        ] {
            let edge = |&(one, other, weight): &(usize, usize, i64)| Edge { one, other, weight };
            let edges: Vec<Edge> = edges.iter().map(edge).collect();
            assert_eq!(check(ends, &edges), weight, "{edges:?}");
        }
    }

    fn graph(ends: usize, most: usize) -> impl Strategy<Value = Vec<Edge>> {
        let edge = (0..ends, 0..ends, -2..12_i64).prop_filter("a loop", |(a, b, _)| a != b);
        prop::collection::vec(edge, 0..most).prop_map(|edges| {
            let edges = edges.into_iter().map(|(a, b, weight)| ((a.min(b), a.max(b)), weight));
            let edges: std::collections::BTreeMap<_, _> = edges.collect();
            edges.into_iter().map(|((one, other), weight)| Edge { one, other, weight }).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn no_pairing_is_heavier(edges in graph(10, 20)) {
            prop_assert_eq!(check(10, &edges), best(&edges, 0));
        }

        #[test]
        fn no_pairing_of_a_dense_graph_is_heavier(edges in graph(7, 40)) {
            prop_assert_eq!(check(7, &edges), best(&edges, 0));
        }
    }
}
