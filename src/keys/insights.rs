//! The keys of Logs Insights, and what only they can mean.

use super::bindings::{Action as A, Binding, NO, row};
use super::console::Console as C;
use super::context::Context;
use Context::{Line, Query, Record, Results};
use Insights as I;

/// What a key can mean in Logs Insights and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Insights {
    /// Start the query.
    Run,
    /// Stop it.
    Stop,
    /// The other part: query, results.
    NextPart,
    /// One part over the whole screen, and back.
    Full,
    /// Choose a query that comes along, or an earlier one.
    Ready,
    Earlier,
    /// The n-th range of time, from 0.
    Range(usize),
    /// Type one.
    AskRange,
    /// Copy the row, or all rows, as CSV or JSON.
    CopyRow,
    CopyRowCsv,
    CopyAll,
    CopyAllCsv,
    /// Save the rows.
    Save,
}

/// Which key means what in Logs Insights.
pub(super) static BINDINGS: &[Binding] = &[
    row(
        Query,
        &["f5", "ctrl-x", "ctrl-enter"],
        A::Insights(I::Run),
        "run the query; what it reads is paid",
        ("run", 1),
    ),
    row(Query, &["tab", "shift-tab"], A::Insights(I::NextPart), "to the results", ("results", 2)),
    row(Query, &["ctrl-o"], A::Insights(I::Ready), "choose a query that comes along", ("ready queries", 3)),
    row(Query, &["ctrl-g"], A::Insights(I::Earlier), "choose an earlier query", ("earlier", 5)),
    row(Query, &["ctrl-t"], A::Insights(I::AskRange), "type a range of time: 2h, 7d, from..to", ("range", 4)),
    row(Query, &["ctrl-k"], A::Insights(I::Stop), "stop the query that runs", NO),
    row(Query, &["ctrl-e"], A::Editor, "edit the query in $EDITOR", ("editor", 8)),
    row(Query, &["f4"], A::Insights(I::Full), "this part over the whole screen, and back", NO),
    row(Query, &["ctrl-u"], A::Console(C::Undo), "take the last change back", NO),
    row(Query, &["ctrl-r"], A::Console(C::Redo), "make it again", NO),
    row(Query, &["esc"], A::Back, "back to where you came from; a query that runs is stopped", ("back", 6)),
    row(Results, &["enter"], A::Open, "the whole record: every field, JSON as a tree", ("open", 2)),
    row(Results, &["f5", "ctrl-x", "r"], A::Insights(I::Run), "run the query again; what it reads is paid", ("run", 1)),
    row(Results, &["x", "ctrl-k"], A::Insights(I::Stop), "stop the query that runs", ("stop", 3)),
    row(Results, &["tab", "shift-tab", "e"], A::Insights(I::NextPart), "to the query", ("query", 3)),
    row(Results, &["/"], A::Filter, "filter rows: words, !not, column:word, ~fuzzy", ("filter", 4)),
    row(Results, &["s"], A::Sort, "sort by the next column", ("sort", 5)),
    row(Results, &["S"], A::SortReverse, "reverse the order", NO),
    row(Results, &["j", "down"], A::Down, "one row down", NO),
    row(Results, &["k", "up"], A::Up, "one row up", NO),
    row(Results, &["g", "home"], A::Top, "first row", NO),
    row(Results, &["G", "end"], A::Bottom, "last row", NO),
    row(Results, &["ctrl-d"], A::HalfDown, "half a page down", NO),
    row(Results, &["ctrl-u"], A::HalfUp, "half a page up", NO),
    row(Results, &["ctrl-f", "pagedown", "space"], A::PageDown, "a page down", NO),
    row(Results, &["ctrl-b", "pageup"], A::PageUp, "a page up", NO),
    row(Results, &["left", "h"], A::Left, "scroll columns to the left", NO),
    row(Results, &["right", "l"], A::Right, "scroll columns to the right", NO),
    row(Results, &["2"], A::Insights(I::Range(0)), "the last minute (runs nothing by itself)", NO),
    row(Results, &["3"], A::Insights(I::Range(1)), "the last 5 minutes", NO),
    row(Results, &["4"], A::Insights(I::Range(2)), "the last 15 minutes", NO),
    row(Results, &["5"], A::Insights(I::Range(3)), "the last 30 minutes", NO),
    row(Results, &["6"], A::Insights(I::Range(4)), "the last hour", NO),
    row(Results, &["7"], A::Insights(I::Range(5)), "the last 6 hours", NO),
    row(Results, &["8"], A::Insights(I::Range(6)), "the last day", NO),
    row(Results, &["9"], A::Insights(I::Range(7)), "the last week", NO),
    row(Results, &["t", "ctrl-t"], A::Insights(I::AskRange), "type a range of time: 2h, 7d, from..to", ("range", 7)),
    row(Results, &["y", "c"], A::Insights(I::CopyRow), "copy the row as JSON", ("copy row", 8)),
    row(Results, &["C"], A::Insights(I::CopyRowCsv), "copy the row as CSV", NO),
    row(Results, &["Y"], A::Insights(I::CopyAll), "copy all rows shown, as lines of JSON", NO),
    row(Results, &["V"], A::Insights(I::CopyAllCsv), "copy all rows shown, as CSV", NO),
    row(Results, &["w", "ctrl-s"], A::Insights(I::Save), "save all rows shown: .csv or .json by the name", ("save", 6)),
    row(Results, &["ctrl-o"], A::Insights(I::Ready), "choose a query that comes along", NO),
    row(Results, &["H", "ctrl-g"], A::Insights(I::Earlier), "choose an earlier query", NO),
    row(Results, &["f", "f4"], A::Insights(I::Full), "this part over the whole screen, and back", ("full", 9)),
    row(
        Results,
        &["esc", "q", "backspace"],
        A::Back,
        "clear the filter, go back; a query that runs is stopped",
        ("back", 5),
    ),
    row(Record, &["j", "down"], A::Down, "one line down", NO),
    row(Record, &["k", "up"], A::Up, "one line up", NO),
    row(Record, &["ctrl-d", "pagedown"], A::HalfDown, "half a page down", NO),
    row(Record, &["ctrl-u", "pageup"], A::HalfUp, "half a page up", NO),
    row(Record, &["g", "home"], A::Top, "to the top", NO),
    row(Record, &["G", "end"], A::Bottom, "to the end", NO),
    row(Record, &["left", "h"], A::Left, "scroll to the left", NO),
    row(Record, &["right", "l"], A::Right, "scroll to the right", NO),
    row(
        Record,
        &["enter", "space"],
        A::Console(C::Unfold),
        "fold or unfold; a text is opened with its lines",
        ("fold", 2),
    ),
    row(Record, &["z"], A::Console(C::UnfoldAll), "fold everything below the first level, or unfold it", NO),
    row(Record, &["t"], A::Console(C::NextView), "next view: tree, text, hex", ("view", 4)),
    row(Record, &["w"], A::Console(C::Wrap), "wrap long lines, or cut them", NO),
    row(Record, &["/"], A::Console(C::Search), "look for words", ("search", 5)),
    row(Record, &["n"], A::Console(C::NextHit), "next place of the words", NO),
    row(Record, &["N"], A::Console(C::PreviousHit), "previous place", NO),
    row(Record, &["]"], A::NextBeside, "the next row", ("next row", 6)),
    row(Record, &["["], A::PreviousBeside, "the previous row", NO),
    row(Record, &["y", "c"], A::Console(C::CopyPart), "copy the record", ("copy", 3)),
    row(Record, &["Y"], A::Console(C::CopyValue), "copy the value under the cursor", ("copy value", 7)),
    row(Record, &["esc", "q", "backspace"], A::Back, "back to the rows", ("back", 1)),
    row(Line, &["enter"], A::Accept, "take the line as it stands", ("go", 1)),
    row(Line, &["esc"], A::Back, "leave everything as it was", ("cancel", 2)),
];
