//! Where between the brackets of YAML a position is; they may not be closed yet.

use super::spot::{Slot, Spot};

/// An open bracket.
struct Level {
    is_mapping: bool,
    /// The name whose value is read.
    name: Option<String>,
    /// The names that it has.
    names: Vec<String>,
    /// It is the one with the position.
    is_asked: bool,
}

pub(super) struct Flow<'a> {
    text: &'a str,
    /// The position.
    at: usize,
    /// The names around the outermost bracket.
    path: Vec<String>,
    levels: Vec<Level>,
    /// Where the piece begins that is read.
    token: usize,
    /// The spot at the position, once that is passed. Which names stand beside it is known at its closing bracket.
    asked: Option<Spot>,
}

impl Flow<'_> {
    /// The spot of a position between brackets that open at a byte, and where they end.
    pub(super) fn read(
        text: &str,
        begin: usize,
        at: usize,
        path: Vec<String>,
    ) -> (Option<Spot>, usize) {
        let mut flow = Flow { text, at, path, levels: Vec::new(), token: begin, asked: None };
        let end = flow.go_through(begin);
        (flow.asked, end)
    }

    fn go_through(&mut self, begin: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = begin;
        while at < bytes.len() {
            let sign = bytes[at];
            let is_colon = self.is_colon(at);
            if is_colon || matches!(sign, b'[' | b'{' | b']' | b'}' | b',' | b'\n') {
                self.look(at, is_colon);
            }
            match sign {
                b'"' | b'\'' => {
                    let close = self.text[at + 1..].find(char::from(sign));
                    at = close.map_or(bytes.len() - 1, |it| at + 1 + it);
                }
                b'[' | b'{' => self.open(sign == b'{', at),
                b']' | b'}' => {
                    self.close(at);
                    if self.levels.is_empty() {
                        return at + 1;
                    }
                }
                b',' => {
                    if let Some(level) = self.levels.last_mut() {
                        level.name = None;
                    }
                    self.token = at + 1;
                }
                _ if is_colon => self.name(at),
                b'\n' if self.text[self.token..at].trim().is_empty() => self.token = at + 1,
                _ => {}
            }
            at += 1;
        }
        self.look(bytes.len(), false);
        while !self.levels.is_empty() {
            self.close(bytes.len());
        }
        bytes.len()
    }

    /// Whether a colon after a name stands at a byte.
    fn is_colon(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        bytes[at] == b':'
            && bytes.get(at + 1).is_none_or(|it| b" \n\r,}]".contains(it))
            && self.levels.last().is_some_and(|it| it.is_mapping && it.name.is_none())
    }

    /// Sees whether the position is in the piece that ends at a byte.
    fn look(&mut self, end: usize, is_colon: bool) {
        let is_here = self.token <= self.at && self.at <= end;
        if !is_here || self.asked.is_some() || self.levels.is_empty() {
            return;
        }
        let piece = &self.text[self.token..end];
        let lead = self.token + (piece.len() - piece.trim_start().len());
        let typed = match piece.trim() {
            "" => self.at..self.at,
            written => lead..lead + written.len(),
        };
        let path = self.levels.iter().filter_map(|level| level.name.clone());
        let path = self.path.iter().cloned().chain(path).collect();
        let slot = match self.levels.last_mut() {
            Some(level) => {
                level.is_asked = true;
                match (level.is_mapping, &level.name) {
                    _ if is_colon => Slot::Name,
                    (true, None) => Slot::Name,
                    (true, Some(_)) => Slot::Value,
                    (false, _) => Slot::Either,
                }
            }
            None => return,
        };
        self.asked = Some(Spot { path, slot, typed, beside: Vec::new() });
    }

    fn open(&mut self, is_mapping: bool, at: usize) {
        self.levels.push(Level { is_mapping, name: None, names: Vec::new(), is_asked: false });
        self.token = at + 1;
    }

    fn close(&mut self, at: usize) {
        self.token = at + 1;
        let Some(level) = self.levels.pop().filter(|level| level.is_asked) else { return };
        if let Some(spot) = &mut self.asked {
            spot.beside = level.names;
        }
    }

    /// A name ends at a byte. The one that is asked about does not stand beside itself.
    fn name(&mut self, at: usize) {
        let name = self.text[self.token..at].trim().trim_matches(['"', '\'']).to_owned();
        let is_asked = self.asked.as_ref().is_some_and(|spot| {
            spot.slot == Slot::Name && self.token <= spot.typed.start && spot.typed.end <= at
        });
        if let Some(level) = self.levels.last_mut() {
            if !is_asked {
                level.names.push(name.clone());
            }
            level.name = Some(name);
        }
        self.token = at + 1;
    }
}
