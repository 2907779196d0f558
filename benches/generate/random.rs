//! Numbers that look random and are the same on every machine.

/// A stream of numbers (`SplitMix64`). One seed, one stream.
#[derive(Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream of one thing: the same seed, kind and number always give the same one, whatever
    /// else is made before it.
    pub(crate) fn of(seed: u64, kind: &str, number: usize) -> Random {
        let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
        for byte in kind.bytes() {
            state = mix(state ^ u64::from(byte));
        }
        Random(mix(state ^ number as u64))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// From 0 to 1, without 1.
    pub(crate) fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// From 0 to `end`, without `end`, which must not be 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// From `first` to `last`, with both.
    pub(crate) fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// Yes, so many times out of a hundred.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// A number below `end` that is more often small than large: a few coops are known to many.
    pub(crate) fn skewed(&mut self, end: usize) -> usize {
        let fraction = self.fraction();
        ((fraction * fraction * end as f64) as usize).min(end - 1)
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Ranks of content words by Zipf's law: the hundredth word of a language is half as frequent as the
/// fiftieth. The first fifty are left out, since in every language they are articles and the like.
pub(crate) struct Zipf {
    sums: Vec<f64>,
}

impl Zipf {
    /// So many ranks.
    pub(crate) fn new(ranks: usize) -> Zipf {
        let mut sum = 0.0;
        let sums = (0..ranks).map(|rank| {
            sum += 1.0 / (rank as f64 + 50.0);
            sum
        });
        Zipf { sums: sums.collect() }
    }

    /// One rank, from 0.
    pub(crate) fn rank(&self, random: &mut Random) -> usize {
        let all = self.sums.last().copied().unwrap_or_default();
        let at = random.fraction() * all;
        self.sums.partition_point(|sum| *sum <= at).min(self.sums.len() - 1)
    }
}
