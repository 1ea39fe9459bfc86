//! The keys of the log, and what only they can mean.

use super::bindings::{Action as A, Binding, NO, row};
use super::context::Context;
use Context::{Event, LogAsk, Logs as Room, Runs, Sources};
use Logs as L;

/// What a key can mean in a log and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Logs {
    /// The n-th reach, from 0.
    Reach(usize),
    /// Type a reach: `2h`, `yesterday 14:00..15:00`.
    AskReach,
    /// Type a filter pattern of `CloudWatch` Logs.
    AskPattern,
    /// Type which members of records have columns.
    AskColumns,
    /// Stop asking what is new, and go on.
    Pause,
    /// Listen to the log groups, or stop it.
    Live,
    /// Go to the newest event and stay there.
    Follow,
    /// Stop reading older events.
    Stop,
    /// Look for words among the events on show.
    Find,
    /// Events around those that the filter keeps.
    Around,
    /// The next and the previous event with what is looked for.
    NextHit,
    PreviousHit,
    /// Wrap long lines, or cut them.
    Wrap,
    /// Show Lambda's own lines one by one, or one for each invocation.
    Unfold,
    /// Show the source of the event alone, and all again.
    Source,
    /// The list of the sources.
    Sources,
    /// Show all sources again.
    AllSources,
    /// The next way to show moments.
    Stamps,
    /// Show the stream of each event, or not.
    Streams,
    /// Show the colours that programs wrote, or how they wrote them.
    Colours,
    /// UTC, or the time zone of this computer.
    Zone,
    /// Copy the event, or those that are marked.
    Copy,
    /// Copy all events of the invocation.
    CopyRun,
    /// Mark the event, or take its mark away.
    Pick,
    /// Save what is shown.
    Save,
    /// The list of invocations, and back.
    Invocations,
    /// Only the events of the invocation that this one belongs to.
    Isolate,
    /// The next order of the list of invocations.
    Order,
    /// Only those that failed, or all.
    FailedOnly,
    /// Fold or unfold all of an opened event.
    UnfoldAll,
    /// The event behind or before the opened one.
    NextEvent,
    PreviousEvent,
}

/// Which key means what in a log.
pub(super) static BINDINGS: &[Binding] = &[
    row(Room, &["enter"], A::Open, "the whole event: JSON as a tree, all lines of a stack trace", ("open", 1)),
    row(
        Room,
        &["/"],
        A::Filter,
        "filter: words, !not, \"a phrase\", /pattern/, level:warn, request:8f0c, stream:word, order.id=7",
        ("filter", 2),
    ),
    row(Room, &["v"], A::Logs(L::Invocations), "the invocations: which failed, how long each took", ("invocations", 3)),
    row(
        Room,
        &["i"],
        A::Logs(L::Isolate),
        "only the events of the invocation that this one belongs to",
        ("this invocation", 6),
    ),
    row(Room, &["0"], A::Logs(L::Reach(0)), "the newest events, however old they are", ("newest", 6)),
    row(Room, &["1"], A::Logs(L::Reach(1)), "the oldest events of the log group", NO),
    row(Room, &["2"], A::Logs(L::Reach(2)), "the last minute", NO),
    row(Room, &["3"], A::Logs(L::Reach(3)), "the last 5 minutes", NO),
    row(Room, &["4"], A::Logs(L::Reach(4)), "the last 15 minutes", NO),
    row(Room, &["5"], A::Logs(L::Reach(5)), "the last 30 minutes", NO),
    row(Room, &["6"], A::Logs(L::Reach(6)), "the last hour", ("last hour", 7)),
    row(
        Room,
        &["T", "ctrl-t"],
        A::Logs(L::AskReach),
        "type a range of time: 2h, yesterday 14:00..15:00, 2026-11-20T14:00Z..+15m",
        ("range", 12),
    ),
    row(
        Room,
        &["p"],
        A::Logs(L::AskPattern),
        "a filter pattern that CloudWatch Logs searches with: \"timed out\", { $.level = \"ERROR\" }; empty: all",
        ("pattern", 13),
    ),
    row(Room, &["Q"], A::OpenInsights, "Logs Insights: query this log", NO),
    row(Room, &["space"], A::Logs(L::Pause), "stop asking what is new, and go on", ("pause", 3)),
    row(
        Room,
        &["L"],
        A::Logs(L::Live),
        "live tail: events the moment they come in; its price is said first",
        ("live tail", 11),
    ),
    row(Room, &["f"], A::Logs(L::Follow), "go to the newest event and stay there", ("follow", 4)),
    row(Room, &["j", "down"], A::Down, "one event down", NO),
    row(Room, &["k", "up"], A::Up, "one event up; above the first one older events are read", NO),
    row(Room, &["ctrl-d"], A::HalfDown, "half a page down", NO),
    row(Room, &["ctrl-u"], A::HalfUp, "half a page up", NO),
    row(Room, &["ctrl-f", "pagedown"], A::PageDown, "a page down", NO),
    row(Room, &["ctrl-b", "pageup"], A::PageUp, "a page up", NO),
    row(Room, &["g", "home"], A::Top, "the first event that is here", NO),
    row(Room, &["G", "end"], A::Bottom, "the last one; it is followed from there on", NO),
    row(Room, &["left", "h"], A::Left, "scroll to the left", NO),
    row(Room, &["right", "l"], A::Right, "scroll to the right", NO),
    row(Room, &["F"], A::Logs(L::Find), "find: looks for what a filter would keep; the other events stay", ("find", 3)),
    row(Room, &["n"], A::Logs(L::NextHit), "the next event found, or kept by the filter; at the end round again", NO),
    row(Room, &["N"], A::Logs(L::PreviousHit), "the previous one", NO),
    row(Room, &["C"], A::Logs(L::Around), "events around what the filter keeps: 2, 5, all, none", NO),
    row(Room, &["w"], A::Logs(L::Wrap), "wrap long lines, or cut them", ("wrap", 9)),
    row(Room, &["s"], A::Logs(L::Sources), "of several logs: how each one stands, and which are shown", ("sources", 5)),
    row(
        Room,
        &["u"],
        A::Logs(L::Unfold),
        "all lines that Lambda writes (START, END, INIT …), or one for each invocation",
        ("unfold", 14),
    ),
    row(
        Room,
        &["tab"],
        A::Logs(L::Source),
        "of several logs: hide all but the one of this event, and show all again",
        NO,
    ),
    row(Room, &["t"], A::Logs(L::Stamps), "moments: the time, with the day, none", NO),
    row(Room, &["e"], A::Logs(L::Streams), "the stream (the execution environment) of each event", NO),
    row(
        Room,
        &["J"],
        A::Logs(L::AskColumns),
        "columns of JSON members before the message: orderId, user.id; an empty line takes them away",
        ("columns", 15),
    ),
    row(Room, &["A"], A::Logs(L::Colours), "the colours that programs write (ANSI), or how they write them", NO),
    row(Room, &["z"], A::Logs(L::Zone), "UTC, or the time zone of this computer", NO),
    row(Room, &["x"], A::Logs(L::Stop), "stop reading older events", NO),
    row(Room, &["m"], A::Logs(L::Pick), "mark the event, or unmark it: y copies and S saves what is marked", NO),
    row(Room, &["y", "c"], A::Logs(L::Copy), "copy the event, or the marked ones", ("copy", 8)),
    row(Room, &["Y"], A::Logs(L::CopyRun), "copy the whole invocation that this event belongs to", NO),
    row(
        Room,
        &["S"],
        A::Logs(L::Save),
        "save what is shown, or what is marked, to a file (.jsonl: as JSON lines)",
        ("save", 10),
    ),
    row(Room, &["o"], A::Browse, "open the log group and the range in the AWS web console", NO),
    row(Room, &["r", "ctrl-r"], A::Refresh, "ask AWS again now, also for what was denied", NO),
    row(Room, &["esc", "q", "backspace"], A::Back, "clear the filter, then back to where one came from", ("back", 5)),
    row(Runs, &["enter", "i"], A::Open, "only the events of this invocation", ("its events", 1)),
    row(Runs, &["s"], A::Logs(L::Order), "order: newest, failed, slowest, most memory first", ("order", 2)),
    row(Runs, &["f"], A::Logs(L::FailedOnly), "only those that failed, or all", ("failed only", 3)),
    row(Runs, &["j", "down"], A::Down, "one down", NO),
    row(Runs, &["k", "up"], A::Up, "one up", NO),
    row(Runs, &["ctrl-d"], A::HalfDown, "half a page down", NO),
    row(Runs, &["ctrl-u"], A::HalfUp, "half a page up", NO),
    row(Runs, &["ctrl-f", "pagedown"], A::PageDown, "a page down", NO),
    row(Runs, &["ctrl-b", "pageup"], A::PageUp, "a page up", NO),
    row(Runs, &["g", "home"], A::Top, "to the first one; when others come the cursor stays with its invocation", NO),
    row(Runs, &["G", "end"], A::Bottom, "to the last one; below it older events are read", NO),
    row(Runs, &["4"], A::Logs(L::Reach(4)), "the last 15 minutes", NO),
    row(Runs, &["5"], A::Logs(L::Reach(5)), "the last 30 minutes", NO),
    row(Runs, &["6"], A::Logs(L::Reach(6)), "the last hour", ("last hour", 6)),
    row(Runs, &["space"], A::Logs(L::Pause), "stop asking what is new, and go on", NO),
    row(Runs, &["x"], A::Logs(L::Stop), "stop reading older events", NO),
    row(Runs, &["t"], A::Logs(L::Stamps), "moments: the time, with the day, none", NO),
    row(Runs, &["z"], A::Logs(L::Zone), "UTC, or the time zone of this computer", NO),
    row(Runs, &["y", "c"], A::Logs(L::Copy), "copy the request's number", ("copy number", 5)),
    row(Runs, &["Y"], A::Logs(L::CopyRun), "copy the whole invocation, all its events", NO),
    row(Runs, &["S"], A::Logs(L::Save), "save the list to a file: CSV (.jsonl: as JSON lines)", ("save", 7)),
    row(Runs, &["r", "ctrl-r"], A::Refresh, "ask AWS again now, also for what was denied", NO),
    row(Runs, &["esc", "q", "backspace", "v"], A::Back, "back to the events", ("events", 4)),
    row(Event, &["j", "down"], A::Down, "one line down", ("scroll", 2)),
    row(Event, &["k", "up"], A::Up, "one line up", NO),
    row(Event, &["ctrl-d", "pagedown"], A::HalfDown, "half a page down", NO),
    row(Event, &["ctrl-u", "pageup"], A::HalfUp, "half a page up", NO),
    row(Event, &["g", "home"], A::Top, "to the top", NO),
    row(Event, &["G", "end"], A::Bottom, "to the end", NO),
    row(Event, &["left", "h"], A::Left, "scroll to the left", NO),
    row(Event, &["right", "l"], A::Right, "scroll to the right", NO),
    row(
        Event,
        &["enter", "space"],
        A::Open,
        "fold or unfold what is under the cursor; a string by itself: its lines, or the JSON in it",
        ("fold", 3),
    ),
    row(Event, &["z"], A::Logs(L::UnfoldAll), "fold everything below the first level, or unfold it", NO),
    row(Event, &["w"], A::Logs(L::Wrap), "wrap long lines, or cut them", NO),
    row(Event, &["]", "n"], A::Logs(L::NextEvent), "the event behind this one", ("next event", 4)),
    row(Event, &["[", "N"], A::Logs(L::PreviousEvent), "the event before it", NO),
    row(Event, &["y", "c"], A::Logs(L::Copy), "copy the event, or the string that was opened", ("copy", 5)),
    row(Event, &["esc", "q", "backspace"], A::Back, "back to the log", ("close", 1)),
    row(Sources, &["space", "enter"], A::Mark, "show this log, or hide it", ("show or hide", 1)),
    row(Sources, &["tab"], A::Logs(L::Source), "show it alone, or all again", ("only this", 2)),
    row(Sources, &["a"], A::Logs(L::AllSources), "show all", ("all", 3)),
    row(Sources, &["j", "down"], A::Down, "next", NO),
    row(Sources, &["k", "up"], A::Up, "previous", NO),
    row(Sources, &["pagedown"], A::PageDown, "a page down", NO),
    row(Sources, &["pageup"], A::PageUp, "a page up", NO),
    row(Sources, &["esc", "q", "s"], A::Back, "close", ("close", 4)),
    row(LogAsk, &["enter"], A::Accept, "take the line as it stands", ("keep", 1)),
    row(
        LogAsk,
        &["tab"],
        A::Complete,
        "find what is typed instead of filtering by it, and back; of columns: complete the path",
        ("filter or find", 3),
    ),
    row(LogAsk, &["down"], A::Down, "one event down while typing", NO),
    row(LogAsk, &["up"], A::Up, "one event up while typing", NO),
    row(LogAsk, &["esc"], A::Back, "leave everything as it was", ("undo", 2)),
];
