//! How far it is trusted that an entry is about a topic.

/// The trust that an entry is about a topic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trust {
    /// Its author chose the topic.
    Chosen,
    /// Its texts tell of the topic, so surely: more than 0, and less than 1.
    Read(f64),
}

impl Trust {
    /// Whether the author chose the topic.
    pub fn is_chosen(self) -> bool {
        self == Trust::Chosen
    }

    /// How much of what the topic says counts: all of it where it was chosen.
    pub fn part(self) -> f64 {
        match self {
            Trust::Chosen => 1.0,
            Trust::Read(part) => part,
        }
    }

    /// The greater of two.
    pub fn or_greater(self, other: Trust) -> Trust {
        if other.part() > self.part() { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_trusted_more_than_all_that_was_read() {
        let read = Trust::Read(0.9);
        assert_eq!(read.or_greater(Trust::Read(0.6)), read);
        assert_eq!(Trust::Read(0.6).or_greater(read), read);
        assert_eq!(read.or_greater(Trust::Chosen), Trust::Chosen);
        assert_eq!(Trust::Chosen.or_greater(read), Trust::Chosen);
        assert!((read.part(), Trust::Chosen.part()) == (0.9, 1.0));
    }
}
