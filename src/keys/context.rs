//! Where keys are pressed.

/// Where a key was pressed: decides which bindings hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Anywhere; looked at last.
    Everywhere,
    /// A list of rows.
    Table,
    /// The filter is being typed.
    Filter,
    /// A command is being typed.
    Palette,
    /// A text that scrolls: help, messages, facts.
    Text,
    /// What to compare a row with.
    Counterparts,
    /// Two rows compared.
    Diff,
    /// The yank menu.
    Yank,
    /// The menu of what can be done to the row.
    Actions,
    /// Fields being filled in.
    Form,
    /// A field with a list to choose from.
    Choices,
    /// A field of several lines.
    Lines,
    /// A change waits for a yes.
    Confirm,
    /// The payload editor of the console.
    Editor,
    /// The console's response and log.
    Console,
    /// A line that the console asks for.
    Ask,
    /// A list to choose from, narrowed by typing.
    Pick,
    /// The list of runs.
    History,
    /// Two runs side by side.
    Pair,
    /// The events of a log.
    Logs,
    /// One of them over the whole screen.
    Event,
    /// The invocations it tells of.
    Runs,
    /// The sources of a log.
    Sources,
    /// A line that the log asks for.
    LogAsk,
    /// The query of Logs Insights.
    Query,
    /// What a query found.
    Results,
    /// One row of it in full.
    Record,
    /// A line that Logs Insights asks for.
    Line,
}

impl Context {
    /// Plain characters are text here, not commands.
    pub fn types(self) -> bool {
        matches!(
            self,
            Self::Filter
                | Self::Palette
                | Self::Form
                | Self::Choices
                | Self::Lines
                | Self::Confirm
                | Self::Editor
                | Self::Ask
                | Self::Pick
                | Self::LogAsk
                | Self::Query
                | Self::Line
        )
    }

    /// One line is typed here.
    pub fn is_line(self) -> bool {
        self.types() && !matches!(self, Self::Editor | Self::Query | Self::Lines | Self::Choices)
    }

    /// It fills the screen: of what holds everywhere only the help is worth a place in its footer.
    pub fn is_room(self) -> bool {
        matches!(
            self,
            Self::Console
                | Self::History
                | Self::Pair
                | Self::Logs
                | Self::Event
                | Self::Runs
                | Self::Results
                | Self::Record
        )
    }

    /// The heading of its keys in help and README.
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Table => "Lists",
            Self::Filter => "Filter",
            Self::Palette => "Command palette",
            Self::Text => "Help, messages and details",
            Self::Counterparts => "What to compare with",
            Self::Diff => "Comparison",
            Self::Yank => "Copy menu",
            Self::Actions => "Actions menu",
            Self::Form => "Forms",
            Self::Choices => "Forms: a field with a list to choose from",
            Self::Lines => "Forms: a field of several lines",
            Self::Confirm => "Confirmations",
            Self::Editor => "Invoke console: payload",
            Self::Console => "Invoke console: response and log",
            Self::Ask => "Invoke console: words, path, file",
            Self::Pick => "Invoke console: choosing",
            Self::History => "Invoke console: history",
            Self::Pair => "Invoke console: A/B",
            Self::Logs => "Log",
            Self::Event => "Log: one event",
            Self::Runs => "Log: invocations",
            Self::Sources => "Log: sources",
            Self::LogAsk => "Log: filter, columns, file",
            Self::Query => "Logs Insights: query",
            Self::Results => "Logs Insights: results",
            Self::Record => "Logs Insights: one record",
            Self::Line => "Logs Insights: range, filter, file",
        }
    }

    /// All contexts, in the order of help and README.
    pub const ALL: [Self; 28] = [
        Self::Table,
        Self::Everywhere,
        Self::Filter,
        Self::Palette,
        Self::Yank,
        Self::Text,
        Self::Counterparts,
        Self::Diff,
        Self::Actions,
        Self::Form,
        Self::Choices,
        Self::Lines,
        Self::Confirm,
        Self::Editor,
        Self::Console,
        Self::Ask,
        Self::Pick,
        Self::History,
        Self::Pair,
        Self::Logs,
        Self::Event,
        Self::Runs,
        Self::Sources,
        Self::LogAsk,
        Self::Query,
        Self::Results,
        Self::Record,
        Self::Line,
    ];
}
