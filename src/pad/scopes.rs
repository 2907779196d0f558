//! What lines stand below: a section, a coop, or something that is still to be asked.

use super::asked::DROP;
use super::lines::Line;
use super::sections::Section;
use super::understanding::Reading;
use crate::directory::ids::CoopId;

/// What lines stand below.
#[derive(Clone)]
pub(super) struct Scope {
    /// The tens of a heading's level; lines of text that are a name count as lower headings.
    pub(super) level: u32,
    /// It ends with a line that is indented no further.
    pub(super) within: Option<usize>,
    /// It ends with a line that is empty.
    pub(super) until_blank: bool,
    pub(super) holds: Holds,
}

impl Scope {
    pub(super) fn new(level: u32, within: Option<usize>, holds: Holds) -> Scope {
        Scope { level, within, until_blank: false, holds }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Holds {
    Section(Section),
    Coop(CoopId),
    /// A heading that says nothing of what stands below.
    Title,
    /// What has to be asked first, by the place of the question: a heading, or whose it is.
    Unclear(usize),
    /// What stands below is left over.
    Left,
    /// What stands below is left out.
    Skipped,
}

impl Holds {
    pub(super) fn waits(self) -> bool {
        matches!(self, Holds::Unclear(_) | Holds::Left | Holds::Skipped)
    }

    /// What becomes of what stands below a line that an answer puts away.
    pub(super) fn after(answer: &str) -> Holds {
        if answer == DROP { Holds::Skipped } else { Holds::Left }
    }
}

pub(super) const SECTION_LINE: u32 = 65;
pub(super) const COOP_LINE: u32 = 70;
pub(super) const ROUND_OF_COOP_LINE: u32 = 80;

impl Reading<'_> {
    pub(super) fn leave(&mut self, level: u32) {
        self.scopes.retain(|scope| scope.level < level);
    }

    pub(super) fn enter(&mut self, level: u32, within: Option<usize>, holds: Holds) {
        self.leave(level);
        self.scopes.push(Scope::new(level, within, holds));
    }

    /// What is indented further than an item stands below it.
    pub(super) fn enter_item(&mut self, indent: usize, holds: Holds) {
        self.scopes.push(Scope::new(COOP_LINE + 1, Some(indent), holds));
    }

    /// What goes on as far in as a line of text within an item stands below it.
    pub(super) fn enter_line_of_item(&mut self, indent: usize, holds: Holds) {
        self.scopes.push(Scope::new(COOP_LINE, Some(indent.saturating_sub(1)), holds));
    }

    /// Below a name with more in its line, an item with a name of its own begins something else.
    pub(super) fn leave_lines_with_more(&mut self) {
        self.scopes.retain(|scope| !(scope.level == COOP_LINE && scope.until_blank));
    }

    /// What follows a line of text stands below it, as long as no line is empty or after that too.
    pub(super) fn enter_text(&mut self, holds: Holds, is_alone: bool) {
        self.leave(COOP_LINE);
        self.scopes.push(Scope { level: COOP_LINE, within: None, until_blank: !is_alone, holds });
    }

    /// Whether a line stands below a line of text that is a coop's name.
    pub(super) fn is_below_a_line(&self) -> bool {
        self.scopes.iter().any(|scope| scope.level == COOP_LINE && !scope.until_blank)
    }

    pub(super) fn is_in_item(&self) -> bool {
        self.scopes.iter().any(|scope| scope.within.is_some())
    }

    pub(super) fn holds(&self) -> Option<Holds> {
        self.scopes.last().map(|scope| scope.holds)
    }

    pub(super) fn section(&self) -> Option<Section> {
        self.scopes.iter().rev().find_map(|scope| match scope.holds {
            Holds::Section(section) => Some(section),
            _ => None,
        })
    }

    /// The coop below whose name a line stands.
    pub(super) fn coop(&self) -> Option<CoopId> {
        self.scopes.iter().rev().find_map(|scope| match scope.holds {
            Holds::Coop(coop) => Some(coop),
            _ => None,
        })
    }

    pub(super) fn enter_line(&mut self, line: &Line, level: u32, section: Section) {
        self.enter(level, line.indent_of_item(), Holds::Section(section));
    }

    /// What stands below a line that is above a section.
    pub(super) fn enter_section(&mut self, line: &Line, section: Section) {
        self.enter_line(line, SECTION_LINE, section);
        if section == Section::Notes {
            self.note(&line.raw.text);
        }
    }
}
