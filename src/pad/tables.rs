//! Tables in a pad: rows with signs between their cells, and rows that were copied from a spreadsheet.
//!
//! A head says what the columns hold, where its words are known. It is never something that was said.

use super::lines::{Form, Line};
use super::parts;
use super::sections::{Column, Section};
use super::words::{self, Meaning, Words};

/// A line that is cut into cells. An empty cell keeps its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// What stands in each cell.
    pub cells: Vec<String>,
    /// What each cell is, as a head above says it; empty without one.
    pub columns: Vec<Column>,
    /// It is one of a table; else it only has a tab or a line somewhere.
    pub is_of_table: bool,
    sign: char,
}

impl Row {
    /// Cuts a line; `None` where nothing stands between cells. `tabs` are so many before it and behind it.
    pub(super) fn read(text: &str, form: Form, [before, after]: [usize; 2]) -> Option<Row> {
        let is_ruled = text.len() > 2 && text.starts_with('|') && text.ends_with('|');
        match form {
            Form::Item(..) | Form::Text(_) if is_ruled => Some(Row::ruled(text)),
            Form::Text(_) if text.contains('\t') || after > 0 => {
                let row = Row::tabbed(text, [before, after]);
                let is_of_table = row.filled().count() > 2;
                Some(Row { is_of_table, ..row })
            }
            Form::Heading(_) | Form::Item(..) if text.contains('\t') => {
                Some(Row::tabbed(text, [0, 0]))
            }
            _ => None,
        }
    }

    fn tabbed(text: &str, [before, after]: [usize; 2]) -> Row {
        let empty = |count| std::iter::repeat_n(String::new(), count);
        let cells = text.split('\t').map(|cell| cell.trim().to_owned());
        let cells = empty(before).chain(cells).chain(empty(after)).collect();
        Row { cells, columns: Vec::new(), is_of_table: false, sign: '\t' }
    }

    fn ruled(text: &str) -> Row {
        let inner = text.strip_prefix('|').unwrap_or(text);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let (mut cells, mut cell) = (Vec::new(), String::new());
        let mut letters = inner.chars().peekable();
        while let Some(letter) = letters.next() {
            match (letter, letters.peek()) {
                ('\\', Some('|')) => cell.extend(letters.next()),
                ('|', _) => cells.push(std::mem::take(&mut cell)),
                _ => cell.push(letter),
            }
        }
        cells.push(cell);
        let cells = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        Row { cells, columns: Vec::new(), is_of_table: true, sign: '|' }
    }

    /// Whether it only rules a line below a head.
    fn is_rule(&self) -> bool {
        let is_line =
            |cell: &String| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | '='));
        self.sign == '|' && self.cells.iter().all(is_line)
    }

    /// What it says where no head does: a name, what is said, and remarks.
    pub(super) fn as_line(&self) -> String {
        if self.is_rule() {
            return String::new();
        }
        let filled = self.cells.iter().map(|cell| cell.trim_end_matches(':').trim_end());
        let mut filled = filled.filter(|cell| !cell.is_empty());
        match (filled.next(), filled.next(), filled.collect::<Vec<_>>()) {
            (Some(name), Some(said), remarks) if remarks.is_empty() => format!("{name}: {said}"),
            (Some(name), Some(said), remarks) => format!("{name}: {said} ({})", remarks.join(", ")),
            (name, ..) => name.unwrap_or_default().to_owned(),
        }
    }

    /// Its words, as if nothing stood between them.
    pub(super) fn words(&self) -> String {
        let filled: Vec<&str> = self.filled().map(|(_, cell)| cell).collect();
        filled.join(" ")
    }

    /// The cells in which something stands, with what they are.
    pub(super) fn filled(&self) -> impl Iterator<Item = (Column, &str)> {
        let columns = self.columns.iter().copied().chain(std::iter::repeat(Column::Unknown));
        let all = columns.zip(self.cells.iter().map(String::as_str));
        all.filter(|(_, cell)| !cell.is_empty())
    }
}

/// Finds the tables of a pad, and says of their rows what the columns are. A head says nothing else.
pub(super) fn find(lines: &mut [Line], words: &Words) {
    find_bare_rows(lines);
    let mut first = 0;
    while first < lines.len() {
        let Some(sign) = sign(&lines[first]) else {
            first += 1;
            continue;
        };
        let is_headed = is_head(&lines[first], words);
        let is_row = |line: &Line| {
            self::sign(line) == Some(sign) || (is_headed && sign == '\t' && is_one_cell(line))
        };
        let rows = lines[first..].iter().take_while(|line| is_row(line)).count();
        for line in &mut lines[first..first + rows] {
            let before = line.raw.text.len() - line.raw.text.trim_start_matches('\t').len();
            line.row.get_or_insert_with(|| Row::tabbed(&line.text, [before, 0]));
        }
        table(&mut lines[first..first + rows], words);
        first += rows;
    }
}

/// Whether a line has nothing but one cell, which is not the first.
fn is_one_cell(line: &Line) -> bool {
    line.row.is_none() && matches!(line.form, Form::Text(_)) && line.raw.text.starts_with('\t')
}

/// Whether all that stands in a row are words for columns.
fn is_head(line: &Line, words: &Words) -> bool {
    let Some(row) = &line.row else { return false };
    let is_column = |cell| column(cell, words).or_else(|| consent(cell, words)).is_some();
    row.filled().count() > 1 && row.filled().all(|(_, cell)| is_column(cell))
}

fn sign(line: &Line) -> Option<char> {
    line.row.as_ref().filter(|_| matches!(line.form, Form::Text(_))).map(|row| row.sign)
}

/// A table can also be written without the signs at the ends of its rows, around a line that is ruled.
fn find_bare_rows(lines: &mut [Line]) {
    let is_bare_rule = |line: &Line| {
        let mut cells = line.text.split('|');
        line.text.contains('|')
            && cells.all(|cell| {
                let cell = cell.trim();
                cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':'))
            })
    };
    let is_bare = |line: &Line| {
        line.row.is_none() && line.text.contains('|') && matches!(line.form, Form::Text(_))
    };
    for at in 1..lines.len() {
        if !(is_bare(&lines[at]) && is_bare_rule(&lines[at]) && is_bare(&lines[at - 1])) {
            continue;
        }
        let count = lines[at..].iter().take_while(|line| is_bare(line)).count();
        for line in &mut lines[at - 1..at + count] {
            let row = Row::ruled(&line.text);
            line.text = row.as_line();
            line.heads = false;
            line.row = Some(row);
        }
    }
}

fn table(lines: &mut [Line], words: &Words) {
    let rows: Vec<&Row> = lines.iter().filter_map(|line| line.row.as_ref()).collect();
    let has_cells = rows.iter().any(|row| row.filled().count() > 1);
    let is_of_table = (rows.len() > 1 && has_cells) || rows.iter().any(|row| row.is_of_table);
    let has_rule = rows.get(1).is_some_and(|row| row.is_rule());
    let first = rows[0];
    let has_head = has_rule || is_head(&lines[0], words);
    let columns: Vec<Column> = match has_head {
        true => {
            let within = |cell: &String| words.section(cell).map(Column::In);
            let named = |cell: &String| {
                column(cell, words).or_else(|| consent(cell, words)).or_else(|| within(cell))
            };
            first.cells.iter().map(|cell| named(cell).unwrap_or(Column::Unknown)).collect()
        }
        false => Vec::new(),
    };
    for (at, line) in lines.iter_mut().enumerate() {
        let Some(row) = &mut line.row else { continue };
        if row.is_rule() || (at == 0 && has_head) {
            line.row = None;
            line.text.clear();
            continue;
        }
        row.is_of_table |= is_of_table;
        row.columns.clone_from(&columns);
        // What a row is can stand in its first cell.
        if row.columns.is_empty()
            && let [of, rest @ ..] = row.cells.as_slice()
            && rest.iter().filter(|cell| !cell.is_empty()).count() > 1
            && words.meaning(of, words::section).is_some()
        {
            let named = [Column::Kind, Column::Who, Column::What].into_iter();
            let all = named.chain(std::iter::repeat(Column::Remark));
            row.columns = all.take(row.cells.len()).collect();
        }
    }
}

fn consent(cell: &str, words: &Words) -> Option<Column> {
    words.meaning(cell, |it| (it == Meaning::Consent).then_some(Column::Consent))
}

/// What a column holds, by the word above it.
fn column(cell: &str, words: &Words) -> Option<Column> {
    let cell = parts::brackets(cell.trim_matches(['*', '_', ' ', ':', '?'])).0;
    let named = words.meaning(cell, |it| match it {
        Meaning::Column(column) => Some(column),
        _ => None,
    });
    named.or_else(|| match words.meaning(cell, words::section)? {
        Section::Present => Some(Column::Who),
        Section::Notes => Some(Column::Note),
        Section::Introductions | Section::Review => Some(Column::What),
        section => Some(Column::In(section)),
    })
}
