//! The keys of the invoke console, and what only they can mean.

use super::bindings::{Action as A, Binding, NO, row};
use super::context::Context;
use Console as C;
use Context::{Ask, Console as Parts, Editor, History, Pair, Pick};

/// What a key can mean in the invoke console and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Console {
    /// Send the payload.
    Send,
    /// Send it to two versions or aliases at once.
    Both,
    /// Send it many times.
    Burst,
    /// The next or previous part of the console.
    NextPart,
    PreviousPart,
    /// One part over the whole screen, and back.
    Full,
    /// The next kind of invocation.
    Kind,
    /// Choose a payload: the last one, saved ones, templates, files.
    Open,
    /// Keep the payload under a name.
    Keep,
    /// Choose a version or an alias.
    Qualifier,
    /// How it is sent: type, log tail, tenant, client context, name of a durable execution.
    Options,
    /// Move the borders between the parts.
    Left,
    Right,
    Up,
    Down,
    /// Lay the payload out, or on one line.
    Format,
    Minify,
    /// Take the last change of the payload back, or make it again.
    Undo,
    Redo,
    /// Copy or cut what is selected in the payload, and put it in.
    Copy,
    Cut,
    PutIn,
    /// Fetch the whole log of the run.
    WholeRun,
    /// The runs there were, of this session and of earlier ones.
    History,
    /// Run it again as it was, or edit it first.
    Again,
    EditAgain,
    /// The concurrency of the function, in the pane of that name.
    Concurrency,
    /// Try at once whether it may be invoked; nothing is executed.
    DryRun,
    /// Stop waiting for the run.
    Abandon,
    /// An older or newer run.
    OlderRun,
    NewerRun,
    /// Copy what this part shows, or the value under the cursor.
    CopyPart,
    CopyValue,
    /// Fold, unfold, or open the value under the cursor.
    Unfold,
    /// Fold or unfold all.
    UnfoldAll,
    /// The next way to look at an answer: tree, text, hex.
    NextView,
    /// Wrap long lines, or cut them.
    Wrap,
    /// Look for words; the next and the previous place.
    Search,
    NextHit,
    PreviousHit,
    /// Show only what a path into the JSON leads to.
    Path,
    /// Save what came back to a file.
    Save,
}

/// Which key means what in the console.
pub(super) static BINDINGS: &[Binding] = &[
    row(Editor, &["f5", "ctrl-x", "ctrl-enter"], A::Console(C::Send), "send the payload, once", ("send", 1)),
    row(Editor, &["tab"], A::Console(C::NextPart), "next part: response, log", ("next part", 2)),
    row(Editor, &["shift-tab"], A::Console(C::PreviousPart), "previous part", NO),
    row(Editor, &["ctrl-t"], A::Console(C::Kind), "synchronous, asynchronous (event), dry run, stream", ("type", 4)),
    row(Editor, &["ctrl-q"], A::Console(C::Qualifier), "choose $LATEST, a version or an alias", ("qualifier", 5)),
    row(Editor, &["ctrl-o"], A::Console(C::Open), "choose a payload: last, saved, template, file", ("open", 6)),
    row(Editor, &["ctrl-s"], A::Console(C::Keep), "save the payload under a name", ("save", 7)),
    row(
        Editor,
        &["ctrl-p"],
        A::Console(C::Options),
        "options: type, log tail, tenant id, client context, durable execution name",
        ("options", 8),
    ),
    row(
        Editor,
        &["ctrl-g"],
        A::Console(C::History),
        "history: the runs there were, also earlier ones",
        ("history", 10),
    ),
    row(
        Editor,
        &["f6"],
        A::Console(C::DryRun),
        "dry run: may it be invoked like this? nothing is executed",
        ("dry run", 9),
    ),
    row(Editor, &["ctrl-e"], A::Editor, "edit the payload in $EDITOR", ("editor", 9)),
    row(Editor, &["f4"], A::Console(C::Full), "this part over the whole screen, and back", NO),
    row(Editor, &["alt-left"], A::Console(C::Left), "move the border between request and response", NO),
    row(Editor, &["alt-right"], A::Console(C::Right), "and to the right", NO),
    row(Editor, &["alt-up"], A::Console(C::Up), "move the border above the log", NO),
    row(Editor, &["alt-down"], A::Console(C::Down), "and down", NO),
    row(Editor, &["ctrl-l"], A::Console(C::Format), "lay the payload out", NO),
    row(Editor, &["ctrl-k"], A::Console(C::Minify), "payload on one line", NO),
    row(Editor, &["ctrl-f"], A::Console(C::Search), "look for words in the payload", NO),
    row(Editor, &["f3"], A::Console(C::NextHit), "next place of the words", NO),
    row(Editor, &["shift-f3"], A::Console(C::PreviousHit), "previous place", NO),
    row(Editor, &["ctrl-u"], A::Console(C::Undo), "take the last change back", NO),
    row(Editor, &["ctrl-r"], A::Console(C::Redo), "make it again", NO),
    row(Editor, &["f8"], A::Console(C::Both), "A/B: send it to another version or alias too, side by side", NO),
    row(Editor, &["f9"], A::Console(C::Burst), "burst: send it many times, some of them at once", NO),
    row(Editor, &["f7"], A::Compare, "compare the run on show with another one", NO),
    row(
        Editor,
        &["alt-c", "ctrl-insert"],
        A::Console(C::Copy),
        "copy what is selected (shift and arrows, mouse, ctrl-a)",
        ("copy", 2),
    ),
    row(Editor, &["alt-x"], A::Console(C::Cut), "cut it out", ("cut", 2)),
    row(Editor, &["ctrl-v", "alt-v"], A::Console(C::PutIn), "put in what was copied or cut here", ("paste", 3)),
    row(Editor, &["esc"], A::Back, "back to the list; a run goes on", ("back", 3)),
    row(Parts, &["f5", "ctrl-x", "ctrl-enter"], A::Console(C::Send), "send the payload, once", ("send", 1)),
    row(Parts, &["tab"], A::Console(C::NextPart), "next part", ("next part", 2)),
    row(Parts, &["shift-tab"], A::Console(C::PreviousPart), "previous part", NO),
    row(Parts, &["j", "down"], A::Down, "one line down", NO),
    row(Parts, &["k", "up"], A::Up, "one line up", NO),
    row(Parts, &["ctrl-d", "pagedown"], A::HalfDown, "half a page down", NO),
    row(Parts, &["ctrl-u", "pageup"], A::HalfUp, "half a page up", NO),
    row(Parts, &["g", "home"], A::Top, "to the top", NO),
    row(Parts, &["G", "end"], A::Bottom, "to the end", NO),
    row(Parts, &["left", "h"], A::Left, "scroll to the left", NO),
    row(Parts, &["right"], A::Right, "scroll to the right", NO),
    row(Parts, &["l"], A::OpenLog, "the log of the function, around this run", ("log", 5)),
    row(
        Parts,
        &["f6"],
        A::Console(C::DryRun),
        "dry run: may it be invoked like this? nothing is executed",
        ("dry run", 12),
    ),
    row(Parts, &["ctrl-t"], A::Console(C::Kind), "synchronous, asynchronous (event), dry run, stream", NO),
    row(Parts, &["ctrl-q"], A::Console(C::Qualifier), "choose $LATEST, a version or an alias", ("qualifier", 12)),
    row(Parts, &["ctrl-o"], A::Console(C::Open), "choose a payload: last, saved, template, file", ("open", 12)),
    row(Parts, &["ctrl-s"], A::Console(C::Keep), "save the payload under a name", ("save payload", 12)),
    row(Parts, &["ctrl-p"], A::Console(C::Options), "options of the request", ("options", 12)),
    row(Parts, &["ctrl-e"], A::Editor, "edit the payload in $EDITOR", NO),
    row(
        Parts,
        &["C"],
        A::Console(C::Concurrency),
        "the function in the Concurrency pane: what it and the account have left",
        ("concurrency", 1),
    ),
    row(Parts, &["alt-left"], A::Console(C::Left), "move the border between request and response", NO),
    row(Parts, &["alt-right"], A::Console(C::Right), "and to the right", NO),
    row(Parts, &["alt-up"], A::Console(C::Up), "move the border above the log", NO),
    row(Parts, &["alt-down"], A::Console(C::Down), "and down", NO),
    row(Parts, &["f", "f4"], A::Console(C::Full), "this part over the whole screen, and back", ("full", 4)),
    row(
        Parts,
        &["L", "ctrl-l"],
        A::Console(C::WholeRun),
        "the whole log of the run, from CloudWatch Logs",
        ("whole log", 5),
    ),
    row(Parts, &["enter", "space"], A::Console(C::Unfold), "fold or unfold; a string is opened decoded", ("fold", 8)),
    row(Parts, &["z"], A::Console(C::UnfoldAll), "fold everything below the first level, or unfold it", NO),
    row(Parts, &["t"], A::Console(C::NextView), "next view: tree, text, hex, the decoded body", ("view", 9)),
    row(Parts, &["w"], A::Console(C::Wrap), "wrap long lines, or cut them", NO),
    row(Parts, &["/"], A::Console(C::Search), "look for words (a capital letter is meant as such)", ("search", 10)),
    row(Parts, &["n"], A::Console(C::NextHit), "next place of the words", NO),
    row(Parts, &["N"], A::Console(C::PreviousHit), "previous place", NO),
    row(Parts, &["."], A::Console(C::Path), "show only a path of the JSON: .items[0].sku, .items[].sku", ("path", 11)),
    row(Parts, &["y", "c"], A::Console(C::CopyPart), "copy what this part shows", ("copy", 6)),
    row(Parts, &["Y"], A::Console(C::CopyValue), "copy the value under the cursor", NO),
    row(Parts, &["S"], A::Console(C::Save), "save what came back to a file, byte for byte", NO),
    row(Parts, &["Q"], A::OpenInsights, "Logs Insights: query the logs of the function", NO),
    row(Parts, &["["], A::Console(C::OlderRun), "older run", ("older run", 7)),
    row(Parts, &["]"], A::Console(C::NewerRun), "newer run", NO),
    row(
        Parts,
        &["H", "ctrl-g"],
        A::Console(C::History),
        "history: the runs there were, also earlier ones",
        ("history", 8),
    ),
    row(Parts, &["d", "=", "f7"], A::Compare, "compare this run with another one, field by field", NO),
    row(Parts, &["a", "f8"], A::Console(C::Both), "A/B: send it to another version or alias too, side by side", NO),
    row(Parts, &["B", "f9"], A::Console(C::Burst), "burst: send it many times, some of them at once", NO),
    row(
        Parts,
        &["x"],
        A::Console(C::Abandon),
        "stop waiting for the run (the function goes on); stop a burst, pressed again wait for none of it",
        ("stop waiting", 1),
    ),
    row(Ask, &["enter"], A::Accept, "take the line as it stands", ("go", 1)),
    row(Ask, &["down", "f3"], A::Console(C::NextHit), "next place of the words", NO),
    row(Ask, &["up", "shift-f3"], A::Console(C::PreviousHit), "previous place", NO),
    row(Ask, &["esc"], A::Back, "leave everything as it was", ("cancel", 2)),
    row(Parts, &["esc", "q", "backspace"], A::Back, "back to the list; a run goes on", ("back", 3)),
    row(Pick, &["enter"], A::Accept, "take it", ("take", 1)),
    row(Pick, &["down"], A::Down, "next", ("next", 2)),
    row(Pick, &["up"], A::Up, "previous", NO),
    row(Pick, &["pagedown"], A::PageDown, "a page down", NO),
    row(Pick, &["pageup"], A::PageUp, "a page up", NO),
    row(Pick, &["tab"], A::Complete, "complete the path", ("complete", 3)),
    row(Pick, &["esc"], A::Back, "close; nothing changes", ("close", 4)),
    row(History, &["enter"], A::Accept, "open the run: its answer and its log", ("open", 1)),
    row(History, &["r"], A::Console(C::Again), "run it again, as it was", ("run again", 2)),
    row(History, &["e"], A::Console(C::EditAgain), "take its payload and options over, to be edited", ("edit", 3)),
    row(History, &["c", "y"], A::YankCommand, "copy the AWS CLI command that does the same", ("copy command", 5)),
    row(History, &["m"], A::Mark, "mark the run, to compare it with another one", ("mark", 6)),
    row(History, &["="], A::Compare, "compare the two marked runs, or the marked one with this one", ("compare", 7)),
    row(History, &["/"], A::Filter, "only runs with these words: alias, outcome, time, request id", ("filter", 8)),
    row(History, &["j", "down"], A::Down, "one run down", NO),
    row(History, &["k", "up"], A::Up, "one run up", NO),
    row(History, &["ctrl-d", "pagedown", "space"], A::PageDown, "ten runs down", NO),
    row(History, &["ctrl-u", "pageup"], A::PageUp, "ten runs up", NO),
    row(History, &["g", "home"], A::Top, "the newest run", NO),
    row(History, &["G", "end"], A::Bottom, "the oldest run", NO),
    row(History, &["esc", "q", "backspace"], A::Back, "close", ("close", 3)),
    row(Pair, &["d", "="], A::Compare, "compare the two field by field", ("diff", 1)),
    row(Pair, &["tab", "shift-tab"], A::NextField, "the other run", ("other", 2)),
    row(Pair, &["enter"], A::Accept, "open the run in the console: its answer and its log", ("open", 3)),
    row(Pair, &["r"], A::Console(C::Again), "the same again, with the payload as it is now", ("again", 4)),
    row(Pair, &["x"], A::Console(C::Abandon), "stop waiting for the run (the function goes on)", ("stop waiting", 2)),
    row(Pair, &["j", "down"], A::Down, "one line down", NO),
    row(Pair, &["k", "up"], A::Up, "one line up", NO),
    row(Pair, &["ctrl-d", "pagedown", "space"], A::HalfDown, "half a page down", NO),
    row(Pair, &["ctrl-u", "pageup"], A::HalfUp, "half a page up", NO),
    row(Pair, &["g", "home"], A::Top, "to the top", NO),
    row(Pair, &["G", "end"], A::Bottom, "to the end", NO),
    row(Pair, &["esc", "q", "backspace"], A::Back, "back to the console; runs go on", ("close", 3)),
];
