//! The one table: which key means what, where, and what the help says about it.

use super::console::Console;
use super::insights::Insights;
use super::logs::Logs;

/// What a key can mean. A closed list: panes add keys through [`Action::Operate`], not actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// End the program at once.
    Quit,
    /// Go back exactly one level; never ends the program.
    Back,
    /// Go back, and end the program at the top.
    Leave,
    /// Stop the program as ctrl-z does.
    Suspend,
    /// Move by lines, pages or to the ends.
    Up,
    Down,
    Top,
    Bottom,
    HalfUp,
    HalfDown,
    PageUp,
    PageDown,
    /// Scroll sideways.
    Left,
    Right,
    /// Drill into the row; never invokes.
    Open,
    /// The facts of the row.
    Detail,
    NextPane,
    PreviousPane,
    /// The next pane about the same thing.
    NextBeside,
    PreviousBeside,
    LastView,
    /// The n-th pane, from 0.
    Pane(usize),
    Filter,
    ProblemsOnly,
    Sort,
    SortReverse,
    /// The list over the whole width, and back.
    Alone,
    Refresh,
    /// All rows, or only the chosen function's.
    Narrow,
    Yank,
    YankName,
    YankArn,
    YankJson,
    YankValue,
    YankCommand,
    Browse,
    Reveal,
    Invoke,
    /// Mark the row, compare marked rows, and show what is the same in both.
    Mark,
    Compare,
    Unfold,
    /// The same, and try at once whether it would be allowed.
    DryRun,
    /// Stop a file on its way to AWS.
    StopSending,
    /// The n-th operation of the pane.
    Operate(usize),
    /// The menu of what can be done to the row.
    Actions,
    Help,
    Palette,
    /// The palette with `:region ` or `:profile ` typed.
    PickRegion,
    PickProfile,
    Messages,
    Mouse,
    /// Take the text as it stands: a filter, a command, a form.
    Accept,
    /// Complete what is typed.
    Complete,
    /// The next or previous field of a form.
    NextField,
    PreviousField,
    /// The text in $EDITOR.
    Editor,
    /// What only the invoke console does.
    Console(Console),
    /// Open the log of what is under the cursor.
    OpenLog,
    /// What only a log does.
    Logs(Logs),
    /// Ask the logs of what is under the cursor.
    OpenInsights,
    /// What only Logs Insights does.
    Insights(Insights),
}

/// One line of the table.
#[derive(Debug)]
pub struct Binding {
    /// The keys, the first one is shown in the footer.
    pub keys: &'static [&'static str],
    /// Where they hold.
    pub when: Context,
    /// What they mean.
    pub action: Action,
    /// What the help says.
    pub help: &'static str,
    /// What the footer says, and how soon it is dropped when narrow (1 last); 0 is not shown.
    pub hint: (&'static str, u8),
}

pub(super) const fn row(
    when: Context,
    keys: &'static [&'static str],
    action: Action,
    help: &'static str,
    hint: (&'static str, u8),
) -> Binding {
    Binding { keys, when, action, help, hint }
}

pub(super) const NO: (&str, u8) = ("", 0);

use super::context::Context;
use Action as A;
use Context::{
    Actions, Choices, Confirm, Counterparts, Diff, Everywhere, Filter, Form, Lines, Palette, Table, Text, Yank,
};

/// Which key means what; the console has a table of its own.
pub(super) static BINDINGS: &[Binding] = &[
    // Lists.
    row(Table, &["enter"], A::Open, "open the row: its configuration, its facts (never invokes)", ("open", 1)),
    row(Table, &["i"], A::Invoke, "open the invoke console for the function", ("invoke", 2)),
    row(
        Table,
        &["l"],
        A::OpenLog,
        "open the log of the function, its version or its alias; of marked rows in one",
        ("log", 3),
    ),
    row(Table, &["I"], A::DryRun, "dry run: may it be invoked? nothing is executed", NO),
    row(Table, &["Q"], A::OpenInsights, "Logs Insights: query the logs of the function, or of the marked ones", NO),
    row(Table, &["/"], A::Filter, "filter: words, !not, column:word, column:>512 (< >= <= =), ~fuzzy", ("filter", 3)),
    row(Table, &["j", "down"], A::Down, "one row down", NO),
    row(Table, &["k", "up"], A::Up, "one row up", NO),
    row(Table, &["g", "home"], A::Top, "first row", NO),
    row(Table, &["G", "end"], A::Bottom, "last row", NO),
    row(Table, &["ctrl-d"], A::HalfDown, "half a page down", NO),
    row(Table, &["ctrl-u"], A::HalfUp, "half a page up", NO),
    row(Table, &["ctrl-f", "pagedown"], A::PageDown, "a page down", NO),
    row(Table, &["ctrl-b", "pageup"], A::PageUp, "a page up", NO),
    row(Table, &["left", "h"], A::Left, "scroll columns to the left", NO),
    row(Table, &["right"], A::Right, "scroll columns to the right", NO),
    row(Table, &["d"], A::Detail, "all facts of the row", ("details", 7)),
    row(Table, &["s"], A::Sort, "sort by the next column", ("sort", 6)),
    row(Table, &["S"], A::SortReverse, "reverse the order", NO),
    row(Table, &["ctrl-w"], A::Alone, "more columns: the list without the details beside it, and back", NO),
    row(
        Table,
        &["f"],
        A::ProblemsOnly,
        "only rows with a problem: failed, changing, throttled, on a deprecated runtime; and back",
        NO,
    ),
    row(
        Table,
        &["m"],
        A::Mark,
        "mark the row for one log of several (l, Q) or, where = is, a comparison; and unmark it; esc unmarks all",
        NO,
    ),
    row(Table, &["="], A::Compare, "compare marked rows, or the marked one with this, or choose with what", NO),
    row(Table, &["v"], A::Reveal, "reveal the masked value for 30 s, and hide it", ("reveal", 3)),
    row(Table, &["y"], A::Yank, "copy: name, ARN, JSON, AWS CLI command", ("copy", 8)),
    row(Table, &["Y"], A::YankArn, "copy the ARN", NO),
    row(Table, &["x"], A::Actions, "the changes that can be made to the row, and why one cannot", ("actions", 6)),
    row(Table, &["o"], A::Browse, "open in the AWS web console", NO),
    row(Table, &["r", "ctrl-r"], A::Refresh, "ask AWS again now, also for what was denied", ("refresh", 9)),
    row(Table, &["a"], A::Narrow, "all, or only the chosen function's (mappings)", NO),
    row(Table, &["ctrl-k"], A::StopSending, "stop a file on its way: nothing comes of a part", ("stop sending", 1)),
    row(Table, &["tab"], A::NextPane, "next pane", NO),
    row(Table, &["shift-tab"], A::PreviousPane, "previous pane", NO),
    row(Table, &["]"], A::NextBeside, "next pane about the same function, layer or account", NO),
    row(Table, &["["], A::PreviousBeside, "previous pane about the same", NO),
    row(Table, &["1"], A::Pane(0), "first pane", NO),
    row(Table, &["2"], A::Pane(1), "second pane", NO),
    row(Table, &["3"], A::Pane(2), "third pane", NO),
    row(Table, &["4"], A::Pane(3), "fourth pane", NO),
    row(Table, &["5"], A::Pane(4), "fifth pane", NO),
    row(Table, &["6"], A::Pane(5), "sixth pane", NO),
    row(Table, &["7"], A::Pane(6), "seventh pane", NO),
    row(Table, &["-"], A::LastView, "the view before this one", NO),
    row(Table, &["esc", "backspace"], A::Back, "go back one level; clears the filter first", ("back", 5)),
    row(Table, &["q"], A::Leave, "go back, or quit at the top", NO),
    // Everywhere.
    row(Everywhere, &["?", "f1"], A::Help, "this help (f1 also while typing)", ("help", 4)),
    row(Everywhere, &[":"], A::Palette, "command palette", NO),
    row(Everywhere, &["R"], A::PickRegion, "choose a region", ("region", 10)),
    row(Everywhere, &["P"], A::PickProfile, "choose a profile", ("profile", 11)),
    row(Everywhere, &["!"], A::Messages, "errors of this session and calls made", ("errors", 9)),
    row(Everywhere, &["M"], A::Mouse, "mouse on or off (off: the terminal selects text)", NO),
    row(Everywhere, &["ctrl-z"], A::Suspend, "stop; fg comes back", NO),
    row(Everywhere, &["ctrl-c"], A::Quit, "quit at once", NO),
    // The filter.
    row(Filter, &["enter"], A::Accept, "keep the filter and leave its line", ("keep", 1)),
    row(Filter, &["esc"], A::Back, "leave everything as it was", ("undo", 2)),
    row(Filter, &["down"], A::Down, "one row or line down while typing", NO),
    row(Filter, &["up"], A::Up, "one row or line up while typing", NO),
    // The palette.
    row(Palette, &["enter"], A::Accept, "run the command", ("run", 1)),
    row(Palette, &["tab"], A::Complete, "complete", ("complete", 2)),
    row(Palette, &["down"], A::Down, "next suggestion", NO),
    row(Palette, &["up"], A::Up, "previous suggestion", NO),
    row(Palette, &["esc"], A::Back, "close", ("close", 3)),
    // The yank menu.
    row(Yank, &["y", "j"], A::YankJson, "JSON, secrets masked", ("JSON", 1)),
    row(Yank, &["n"], A::YankName, "name", ("name", 2)),
    row(Yank, &["a"], A::YankArn, "ARN", ("ARN", 3)),
    row(Yank, &["v"], A::YankValue, "the value in the row; a masked one while it is revealed", ("value", 2)),
    row(Yank, &["c"], A::YankCommand, "AWS CLI command", ("command", 4)),
    row(Yank, &["esc", "q"], A::Back, "copy nothing", ("cancel", 5)),
    // Text that scrolls.
    row(Text, &["j", "down"], A::Down, "one line down", ("scroll", 2)),
    row(Text, &["k", "up"], A::Up, "one line up", NO),
    row(Text, &["ctrl-d", "pagedown", "space"], A::HalfDown, "half a page down", NO),
    row(Text, &["ctrl-u", "pageup"], A::HalfUp, "half a page up", NO),
    row(Text, &["g", "home"], A::Top, "to the top", NO),
    row(Text, &["G", "end"], A::Bottom, "to the end", NO),
    row(Text, &["/"], A::Filter, "only what has these words (a capital letter is meant as such)", ("filter", 3)),
    row(Text, &["esc", "q", "enter", "backspace"], A::Back, "show all again; close", ("close", 1)),
    // The actions menu.
    row(Actions, &["enter"], A::Accept, "begin; asks before anything is sent", ("begin", 1)),
    row(Actions, &["j", "down"], A::Down, "next", ("next", 2)),
    row(Actions, &["k", "up"], A::Up, "previous", NO),
    row(Actions, &["home"], A::Top, "first", NO),
    row(Actions, &["end"], A::Bottom, "last", NO),
    row(Actions, &["esc", "q"], A::Back, "close", ("close", 3)),
    // What to compare with.
    row(Counterparts, &["enter", "="], A::Accept, "compare with it", ("compare", 1)),
    row(Counterparts, &["j", "down"], A::Down, "next", ("next", 2)),
    row(Counterparts, &["k", "up"], A::Up, "previous", NO),
    row(Counterparts, &["g", "home"], A::Top, "first", NO),
    row(Counterparts, &["G", "end"], A::Bottom, "last", NO),
    row(Counterparts, &["esc", "q"], A::Back, "close", ("close", 3)),
    // Comparisons.
    row(Diff, &["u"], A::Unfold, "show the fields that are the same too, and hide them", ("all fields", 2)),
    row(Diff, &["j", "down"], A::Down, "one line down", ("scroll", 3)),
    row(Diff, &["k", "up"], A::Up, "one line up", NO),
    row(Diff, &["ctrl-d", "pagedown", "space"], A::HalfDown, "half a page down", NO),
    row(Diff, &["ctrl-u", "pageup"], A::HalfUp, "half a page up", NO),
    row(Diff, &["g", "home"], A::Top, "to the top", NO),
    row(Diff, &["G", "end"], A::Bottom, "to the end", NO),
    row(Diff, &["esc", "q", "enter", "="], A::Back, "close", ("close", 1)),
    // Forms.
    row(Form, &["enter", "f5"], A::Accept, "go on to the confirmation", ("go on", 1)),
    row(Form, &["tab", "down"], A::NextField, "next field", ("next field", 2)),
    row(Form, &["shift-tab", "up"], A::PreviousField, "previous field", NO),
    row(Form, &["esc"], A::Back, "close; nothing is sent", ("cancel", 3)),
    row(Choices, &["enter", "f5"], A::Accept, "go on to the confirmation", ("go on", 1)),
    row(Choices, &["down", "right"], A::Down, "next choice", ("choose", 2)),
    row(Choices, &["up", "left"], A::Up, "previous choice", NO),
    row(Choices, &["tab"], A::NextField, "next field", ("next field", 3)),
    row(Choices, &["shift-tab"], A::PreviousField, "previous field", NO),
    row(Choices, &["esc"], A::Back, "close; nothing is sent", ("cancel", 4)),
    row(Lines, &["f5", "ctrl-x"], A::Accept, "go on to the confirmation", ("go on", 1)),
    row(Lines, &["tab"], A::NextField, "next field", ("next field", 2)),
    row(Lines, &["shift-tab"], A::PreviousField, "previous field", NO),
    row(Lines, &["ctrl-e"], A::Editor, "edit the text in $EDITOR", ("editor", 4)),
    row(Lines, &["esc"], A::Back, "close; nothing is sent", ("cancel", 3)),
    // Confirmations.
    row(
        Confirm,
        &["enter"],
        A::Accept,
        "press the chosen button; sends only once the name is typed, if it is asked for",
        ("choose", 1),
    ),
    row(Confirm, &["tab", "left", "right"], A::NextField, "other button", ("other button", 2)),
    row(Confirm, &["down"], A::Down, "one line down, where there is no room for all; j where no name is typed", NO),
    row(Confirm, &["up"], A::Up, "one line up; k where no name is typed", NO),
    row(Confirm, &["pagedown"], A::HalfDown, "half a page down", NO),
    row(Confirm, &["pageup"], A::HalfUp, "half a page up", NO),
    row(Confirm, &["ctrl-y"], A::YankCommand, "copy the AWS CLI command that does the same", ("copy command", 4)),
    row(Confirm, &["esc"], A::Back, "back to the form, if there is one; nothing is sent", ("cancel", 3)),
];
