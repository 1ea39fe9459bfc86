//! What a pane is: how to load it, its columns, its facts, its operations; and the same without its type.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::compare::{Compare, Counterpart, Part};
use super::known::{FactLists, Known};
use super::operation::{Elsewhere, Head, On, Operation, Prepared};
use super::row::{FunctionRef, Item, LateRow, PaneId, Row, RowKey, Scope, ScopeKind};
use super::value::{Tone, Value};
use crate::aws::{Aws, Call, Problem, Text, default_log_group};

/// An answer on its way.
pub type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Whether a pane has a tab.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tab {
    /// It has one, and a number.
    Shown,
    /// It has none: Enter on a row of another pane leads to it, or others need its list.
    Behind,
}

/// How wide a column is, in cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    /// Always so wide.
    Fixed(u16),
    /// At least so wide; takes a share of what is left.
    Grow(u16),
    /// At least so wide as the first, and as the second before columns that matter little get room;
    /// takes a share of what is left.
    Rather(u16, u16),
    /// At least so wide as the first, where there is room for all as the second; never wider.
    Upto(u16, u16),
}

impl Width {
    /// The least number of cells the column is of use with.
    pub fn least(self) -> u16 {
        match self {
            Self::Fixed(n) | Self::Grow(n) | Self::Rather(n, _) | Self::Upto(n, _) => n,
        }
    }

    /// The number of cells it should have before columns that matter little get room.
    pub fn wanted(self) -> u16 {
        match self {
            Self::Fixed(n) | Self::Grow(n) | Self::Rather(_, n) | Self::Upto(_, n) => n,
        }
    }

    /// Takes a share of what is left.
    pub fn grows(self) -> bool {
        matches!(self, Self::Grow(_) | Self::Rather(..))
    }
}

/// Where a column's value comes from.
pub enum Source<T: 'static> {
    /// From the thing itself.
    Own(fn(&T) -> Value),
    /// From the thing itself, where it has such a thing: without it the line is left out of the facts.
    Perhaps(fn(&T) -> Option<Value>),
    /// From the second question about the row: the n-th cell of its [`LateRow`].
    Late(usize),
    /// From the thing and the lists of [`More::fact_lists`], a line for each value: for facts, not for columns.
    Told(fn(&T, &FactLists<'_>) -> Vec<Value>),
}

/// One column.
pub struct Column<T: 'static> {
    /// The heading, also the name in filters (`runtime:python`) and `:sort`.
    pub title: &'static str,
    /// How wide.
    pub width: Width,
    /// Who stays when it gets narrow: 0 always, larger numbers go first.
    pub priority: u8,
    /// Leave the cell empty when it says what the cell above says: for groups.
    pub once: bool,
    /// The value.
    pub value: Source<T>,
}

/// One line of the detail box.
pub struct Fact<T: 'static> {
    /// What it is.
    pub label: &'static str,
    /// The value.
    pub value: Source<T>,
}

/// Receives the pages of a list as they come, with the length of the whole list once it is known.
pub struct Pages<T> {
    sink: Box<dyn FnMut(Vec<T>, Piece) + Send>,
    place: Option<Text>,
}

/// What comes with the rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// They are a page; the next one begins there, if there is a next one that can be asked for alone.
    Page(Option<Text>),
    /// None; so long will the whole list be.
    Total(u64),
}

impl<T> Pages<T> {
    /// Where an earlier try broke off: the pages before came and stay. Only a pane that hands on where its
    /// pages begin is ever told of such a place.
    pub fn place(&self) -> Option<Text> {
        self.place.clone()
    }

    /// Hands on a page of a list that is always read from its start.
    pub fn push(&mut self, page: Vec<T>) {
        self.page(page, None);
    }

    /// Hands on one page, and where the next one begins.
    pub fn page(&mut self, page: Vec<T>, next: Option<Text>) {
        (self.sink)(page, Piece::Page(next));
    }

    /// Hands on how long the whole list will be.
    pub fn total(&mut self, total: u64) {
        (self.sink)(Vec::new(), Piece::Total(total));
    }
}

/// The second question of a pane: asked once for each row on the screen.
pub struct Late {
    /// Asked for all other rows too, a few at a time and after those on the screen, while the pane is on show.
    pub all: bool,
    /// What answers it. The row is known by its key alone.
    pub load: LoadLate,
    /// What answers the rest of it once a part of it was refused, where it can be had in parts: nothing is asked over and
    /// over that will be refused.
    pub rest: Option<LoadLate>,
}

/// Asks the second question about one row, known by its key alone.
pub type LoadLate = fn(Aws, Scope, RowKey) -> Pending<Result<LateRow, Problem>>;

/// What the second question has brought of all rows of a list; `None` until there is an answer for every row of the
/// whole list, since nothing can be summed up before.
pub type Lates<'a> = Option<&'a [&'a LateRow]>;

/// Reads one row again, known by its key alone; `None` when it is gone.
pub type Again<T> = fn(Aws, Scope, RowKey) -> Pending<Result<Option<T>, Problem>>;

/// How a row is kept between two runs of the program: as one line of text.
pub struct Keep<T: 'static> {
    /// To a line.
    pub encode: fn(&T) -> Option<String>,
    /// And back. `None` when the line is of another version or damaged.
    pub decode: fn(&str) -> Option<T>,
}

impl<T: Serialize + DeserializeOwned + 'static> Keep<T> {
    /// As JSON.
    pub const JSON: Self =
        Self { encode: |thing| serde_json::to_string(thing).ok(), decode: |line| serde_json::from_str(line).ok() };
}

/// What the JSON of a pane is.
pub enum Json<T: 'static> {
    /// Each row has its own.
    Row(fn(&T) -> String),
    /// All rows are parts of one document; any row can give it.
    Whole(fn(&T) -> String),
}

/// Whom an invocation started from a row is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invokee {
    /// The function.
    pub function: FunctionRef,
    /// A version or an alias; `None` leaves the choice to AWS, which takes `$LATEST`.
    pub qualifier: Option<Text>,
    /// The time limit in seconds, 1 to 900; `None` when only AWS knows whom it will choose.
    pub timeout: Option<u32>,
    /// `x86_64` or `arm64`, where the row tells.
    pub architecture: Option<Text>,
    /// The log group its runs write to; `None` for that of the function, as the list of functions tells it.
    pub log_group: Option<Text>,
    /// The versions that its runs may be of, where the row tells; none where it does not.
    pub versions: Vec<Text>,
}

impl Invokee {
    /// It invokes the same: what is known of it beside may have come in since.
    pub fn is_same(&self, other: &Self) -> bool {
        (&self.function, &self.qualifier) == (&other.function, &other.qualifier)
    }

    /// The log group its runs write to; Lambda's default for the function where no list told another.
    pub fn log_group(&self) -> Text {
        self.log_group.clone().unwrap_or_else(|| default_log_group(&self.function.name))
    }
}

/// The words and links a row can be copied or opened as.
pub struct Names<T: 'static> {
    /// Its name.
    pub name: fn(&T) -> Text,
    /// Its ARN, if it has one of its own or its function's will do.
    pub arn: fn(&Scope, &T) -> Option<Text>,
    /// The AWS CLI command that shows the same.
    pub command: fn(&Scope, &T) -> String,
    /// The path of its page in the web console, below the host, with the region filled in.
    pub console: fn(&str, &Scope, &T) -> String,
    /// Its JSON.
    pub json: Json<T>,
}

/// What stands above a list: a line of words, and a bar beneath it.
#[derive(Clone, PartialEq, Debug)]
pub struct Banner {
    /// The words, from the longest to the shortest: the first that fit are shown.
    pub words: Vec<Text>,
    /// The parts of the bar from the left, as shares of the whole, 0.0 to 1.0: what is taken is `Plain`, what is free
    /// `Muted`, what cannot be taken `Warn`. None while they are not known.
    pub parts: Vec<(f64, Tone)>,
}

/// How the rows of a pane hang on other lists.
pub struct Join<T: 'static> {
    /// Fills in what other lists know of the rows, or makes the rows of another list altogether. It runs whenever
    /// the rows or a list of [`More::needs`] changed, over its own work too: twice is as good as once. Only the
    /// lists of what it is told may be looked at. 20,000 rows must take no longer than a few milliseconds.
    pub fill: fn(&Scope, Vec<T>, &Known<'_>) -> Vec<T>,
    /// The list that the rows are made of, one of those the pane needs: nothing is loaded for the pane itself, its age
    /// and its problems are those of that list, and `fill` is handed no rows.
    pub from: Option<PaneId>,
}

/// What has become of a row, from itself and what the second question about it brought; with the name of what was
/// changed, which may be a part of the row.
pub type Outcome<T> = fn(&T, Option<&LateRow>, &str) -> (Tone, Text);

/// What was read of a list after a change of it.
pub struct Evidence<'a, T> {
    /// The row that was changed, if the change was of one and it is still there.
    pub row: Option<&'a T>,
    /// What the second question about it brought.
    pub late: Option<&'a LateRow>,
    /// All rows.
    pub all: Vec<&'a T>,
}

/// Whether a change was made whose answer was lost; `None` where what was read does not tell.
pub type Made<T> = fn(&Call, &Evidence<'_, T>) -> Option<bool>;

/// What loads a list: it hands on pages as they come and ends with the list.
pub type Load<T> = fn(Aws, Scope, Pages<T>) -> Pending<Result<(), Problem>>;

/// A pane: everything the program needs to know of it, as a value.
pub struct PaneSpec<T: 'static> {
    /// Its name, lower case, one word.
    pub id: PaneId,
    /// Its heading.
    pub title: &'static str,
    /// What its rows are called, for "12 functions" and "no functions".
    pub rows: &'static str,
    /// What it lists.
    pub scope: ScopeKind,
    /// Whether it has a tab.
    pub tab: Tab,
    /// Loads the list.
    pub load: Load<T>,
    /// What a row is known by.
    pub key: fn(&T) -> RowKey,
    /// Its columns, most important first.
    pub columns: &'static [Column<T>],
    /// Copying and opening.
    pub names: Names<T>,
    /// What to say and what to do when the list is empty.
    pub empty: (&'static str, &'static str),
    /// What not every pane has.
    pub more: More<T>,
}

/// What not every pane has. A pane names what it has; the rest is [`More::NONE`].
pub struct More<T: 'static> {
    /// Other names that people type for it in the palette.
    pub short: &'static [&'static str],
    /// How old it may get while it is on the screen; a minute. `--refresh` replaces it.
    pub every: Duration,
    /// Some of its values are masked until they are revealed.
    pub masks: bool,
    /// The column that tells a row's value, which can be copied by itself.
    pub value: Option<usize>,
    /// The column sorted by at first, and whether in reverse; `None` keeps the order of AWS.
    pub sorted: Option<(usize, bool)>,
    /// Its second question, if it has late columns.
    pub late: Option<Late>,
    /// The lines of the detail box.
    pub facts: &'static [Fact<T>],
    /// Lists of other panes that only the facts of a row hang on: loaded while these are on the screen, once the cursor
    /// rests.
    pub fact_lists: fn(&T) -> Vec<(PaneId, Scope)>,
    /// Lists of other panes that its rows and operations hang on: loaded while it is on show.
    pub needs: &'static [PaneId],
    /// What stands above the list: a sum over it, from the lists it needs.
    pub banner: Option<fn(&Known<'_>, Lates<'_>) -> Banner>,
    /// How its rows hang on the lists it needs, if they do.
    pub join: Option<Join<T>>,
    /// What can be done to a row.
    pub operations: &'static [Operation<T>],
    /// What can be done without a row: making one.
    pub makes: &'static [Operation<Scope>],
    /// What is changed of a row on another pane.
    pub elsewhere: Option<Elsewhere>,
    /// How its rows are compared, if there is anything to compare.
    pub compare: Option<Compare<T>>,
    /// AWS is still at it: look again in 2 s.
    pub unsettled: fn(&T) -> bool,
    /// How a change that AWS went on with has ended, once the row is settled: how well, and what is to be said of the
    /// thing. Without it a change is not followed.
    pub outcome: Option<Outcome<T>>,
    /// Whether a change was made whose answer was lost.
    pub made: Option<Made<T>>,
    /// Reads one row that AWS is still at; without it the whole list is loaded again.
    pub again: Option<Again<T>>,
    /// What a row stands for, if panes can be about it: what Enter opens is about this.
    pub subject: fn(&Scope, &T) -> Option<Scope>,
    /// The pane that Enter opens.
    pub opens: Option<PaneId>,
    /// Whom `i` invokes, if its rows are of functions.
    pub invokes: Option<fn(&Scope, &T) -> Option<Invokee>>,
    /// Why the web console has no page for a row.
    pub without_page: fn(&Scope, &T) -> Option<&'static str>,
    /// How the list is kept on disk, if it is.
    pub keep: Option<Keep<T>>,
}

impl<T: 'static> More<T> {
    /// A list that is read once a minute and shown in the order of AWS, and nothing else.
    pub const NONE: Self = Self {
        short: &[],
        every: Duration::from_mins(1),
        masks: false,
        value: None,
        sorted: None,
        late: None,
        facts: &[],
        fact_lists: |_| Vec::new(),
        needs: &[],
        banner: None,
        join: None,
        operations: &[],
        makes: &[],
        elsewhere: None,
        compare: None,
        unsettled: |_| false,
        outcome: None,
        made: None,
        again: None,
        subject: |_, _| None,
        opens: None,
        invokes: None,
        without_page: |_, _| None,
        keep: None,
    };
}

/// A column without the type of its rows.
#[derive(Clone, Debug)]
pub struct ColumnHead {
    /// The heading.
    pub title: Text,
    /// How wide.
    pub width: Width,
    /// Who stays when it gets narrow.
    pub priority: u8,
    /// Leave out what the cell above says.
    pub once: bool,
    /// The number of the late cell that fills it.
    pub late: Option<usize>,
}

/// One line of the detail box, ready to show.
pub struct FactLine {
    /// What it is; empty where it goes on with the line above.
    pub label: &'static str,
    /// The value, or the number of the late cell that holds it.
    pub value: Result<Value, usize>,
}

/// The same as [`PaneSpec`], without the type of its rows: what the rest of the program sees.
pub trait Pane: Sync {
    fn id(&self) -> PaneId;
    /// Other names that people type for it.
    fn short(&self) -> &'static [&'static str];
    fn title(&self) -> &'static str;
    fn rows(&self) -> &'static str;
    fn scope(&self) -> ScopeKind;
    fn tab(&self) -> Tab;
    fn every(&self) -> Duration;
    fn columns(&self) -> Vec<ColumnHead>;
    fn sorted(&self) -> Option<(usize, bool)>;
    fn empty(&self) -> (&'static str, &'static str);
    fn opens(&self) -> Option<PaneId>;
    /// What is changed of a row on another pane.
    fn elsewhere(&self) -> Option<Elsewhere>;
    fn has_late(&self) -> bool;
    /// Its second question is asked for all rows.
    fn late_all(&self) -> bool;
    /// It has something above its list.
    fn has_banner(&self) -> bool;
    fn banner(&self, known: &Known<'_>, lates: Lates<'_>) -> Option<Banner>;
    fn has_outcome(&self) -> bool;
    /// How a change that AWS went on with has ended, of what was `named` in it.
    fn outcome(&self, row: &Row, late: Option<&LateRow>, named: &str) -> Option<(Tone, Text)>;
    /// Whether a change was made, by what was read after it: its row, what belongs to that, all rows.
    fn made(&self, call: &Call, key: Option<&RowKey>, rows: &[Row], late: Option<&LateRow>) -> Option<bool>;
    fn has_again(&self) -> bool;
    fn masks(&self) -> bool;
    /// The column that tells a row's value, if one does.
    fn value(&self) -> Option<usize>;
    fn keeps(&self) -> bool;
    /// Loads the list, from a `place` on where an earlier try broke off; `sink` gets rows as pages come, and the
    /// length of the whole once known.
    fn load(&'static self, aws: Aws, scope: Scope, place: Option<Text>, sink: Sink) -> Pending<Result<(), Problem>>;
    /// Asks the second question about one row, or only the `rest` of it.
    fn load_late(&self, aws: Aws, scope: Scope, key: RowKey, rest: bool) -> Option<Pending<Result<LateRow, Problem>>>;
    /// Reads one row again by itself; `None` in the answer when it is gone.
    fn again(&'static self, aws: Aws, scope: Scope, key: RowKey) -> Option<Pending<Result<Option<Row>, Problem>>>;
    /// The n-th cell of a row; [`Value::Pending`] for a late column.
    fn cell(&self, row: &Row, column: usize) -> Value;
    /// Lists of other panes that the facts of the row hang on.
    fn fact_lists(&self, row: &Row) -> Vec<(PaneId, Scope)>;
    fn facts(&self, row: &Row, lists: &FactLists<'_>) -> Vec<FactLine>;
    /// What the row stands for, if panes can be about it.
    fn subject(&self, scope: &Scope, row: &Row) -> Option<Scope>;
    fn can_invoke(&self) -> bool;
    fn invokes(&self, scope: &Scope, row: &Row) -> Option<Invokee>;
    fn name(&self, row: &Row) -> Text;
    fn arn(&self, scope: &Scope, row: &Row) -> Option<Text>;
    fn command(&self, scope: &Scope, row: &Row) -> String;
    fn console(&self, region: &str, scope: &Scope, row: &Row) -> String;
    /// Why the web console has no page for the row.
    fn without_page(&self, scope: &Scope, row: &Row) -> Option<&'static str>;
    fn json(&self, row: &Row) -> String;
    /// The JSON is that of the whole scope, whichever row gives it.
    fn json_is_whole(&self) -> bool;
    /// Its rows hang on the lists it needs.
    fn joins(&self) -> bool;
    /// The list that its rows are made of.
    fn made_of(&self) -> Option<PaneId>;
    /// The rows with what other lists know of them.
    fn join(&self, scope: &Scope, rows: &[Row], known: &Known<'_>) -> Option<Vec<Row>>;
    /// Lists of other panes that it needs.
    fn needs(&self) -> &'static [PaneId];
    /// Its rows can be compared.
    fn compares(&self) -> bool;
    /// What there is to compare of a row; `Err` says what is missing for it.
    fn parts(&self, scope: &Scope, row: &Row, known: &Known<'_>) -> Result<Vec<Part>, String>;
    /// What is worth comparing a row with, given all rows of its list.
    fn counterparts(&self, scope: &Scope, row: &Row, rows: &[Row], known: &Known<'_>) -> Vec<Counterpart>;
    /// The heads of its operations: those on a row, then those without one.
    fn operations(&self) -> Vec<Head>;
    /// The n-th operation, ready to be filled in; `Err` says why it is not allowed.
    fn prepare(
        &'static self,
        n: usize,
        scope: &Scope,
        row: Option<&Row>,
        known: &Known<'_>,
    ) -> Option<Result<Prepared, String>>;
    /// The row as one line of text, to be kept.
    fn encode(&self, row: &Row) -> Option<String>;
    /// The row that was kept.
    fn decode(&self, line: &str) -> Option<Row>;
}

/// Receives rows instead of things.
pub type Sink = Box<dyn FnMut(Vec<Row>, Piece) + Send>;

impl<T: Send + Sync + 'static> PaneSpec<T> {
    fn row(&self, thing: T) -> Row {
        Row { key: (self.key)(&thing), unsettled: (self.more.unsettled)(&thing), item: Item::new(thing) }
    }
}

impl<T: Send + Sync + Clone + 'static> Pane for PaneSpec<T> {
    fn id(&self) -> PaneId {
        self.id
    }
    fn short(&self) -> &'static [&'static str] {
        self.more.short
    }
    fn title(&self) -> &'static str {
        self.title
    }
    fn rows(&self) -> &'static str {
        self.rows
    }
    fn scope(&self) -> ScopeKind {
        self.scope
    }
    fn tab(&self) -> Tab {
        self.tab
    }
    fn every(&self) -> Duration {
        self.more.every
    }
    fn sorted(&self) -> Option<(usize, bool)> {
        self.more.sorted
    }
    fn empty(&self) -> (&'static str, &'static str) {
        self.empty
    }
    fn opens(&self) -> Option<PaneId> {
        self.more.opens
    }
    fn elsewhere(&self) -> Option<Elsewhere> {
        self.more.elsewhere
    }
    fn has_late(&self) -> bool {
        self.more.late.is_some()
    }
    fn late_all(&self) -> bool {
        self.more.late.as_ref().is_some_and(|late| late.all)
    }
    fn has_banner(&self) -> bool {
        self.more.banner.is_some()
    }
    fn banner(&self, known: &Known<'_>, lates: Lates<'_>) -> Option<Banner> {
        self.more.banner.map(|banner| banner(known, lates))
    }
    fn has_outcome(&self) -> bool {
        self.more.outcome.is_some()
    }
    fn outcome(&self, row: &Row, late: Option<&LateRow>, named: &str) -> Option<(Tone, Text)> {
        Some(self.more.outcome?(row.item.get()?, late, named))
    }
    fn made(&self, call: &Call, key: Option<&RowKey>, rows: &[Row], late: Option<&LateRow>) -> Option<bool> {
        let made = self.more.made?;
        let row = rows.iter().find(|row| Some(&row.key) == key).and_then(|row| row.item.get());
        made(call, &Evidence { row, late, all: rows.iter().filter_map(|row| row.item.get()).collect() })
    }
    fn has_again(&self) -> bool {
        self.more.again.is_some()
    }
    fn masks(&self) -> bool {
        self.more.masks
    }

    fn value(&self) -> Option<usize> {
        self.more.value
    }
    fn keeps(&self) -> bool {
        self.more.keep.is_some()
    }

    fn columns(&self) -> Vec<ColumnHead> {
        let head = |column: &Column<T>| ColumnHead {
            title: Text::known(column.title),
            width: column.width,
            priority: column.priority,
            once: column.once,
            late: if let Source::Late(n) = column.value { Some(n) } else { None },
        };
        self.columns.iter().map(head).collect()
    }

    fn load(
        &'static self,
        aws: Aws,
        scope: Scope,
        place: Option<Text>,
        mut sink: Sink,
    ) -> Pending<Result<(), Problem>> {
        let sink = Box::new(move |page: Vec<T>, piece| {
            sink(page.into_iter().map(|thing| self.row(thing)).collect(), piece);
        });
        (self.load)(aws, scope, Pages { sink, place })
    }

    fn load_late(&self, aws: Aws, scope: Scope, key: RowKey, rest: bool) -> Option<Pending<Result<LateRow, Problem>>> {
        let late = self.more.late.as_ref()?;
        let load = if rest { late.rest.unwrap_or(late.load) } else { late.load };
        Some(load(aws, scope, key))
    }

    fn again(&'static self, aws: Aws, scope: Scope, key: RowKey) -> Option<Pending<Result<Option<Row>, Problem>>> {
        let request = (self.more.again?)(aws, scope, key);
        Some(Box::pin(async move { Ok(request.await?.map(|thing| self.row(thing))) }))
    }

    fn cell(&self, row: &Row, column: usize) -> Value {
        match (row.item.get::<T>(), self.columns.get(column)) {
            (Some(thing), Some(Column { value: Source::Own(value), .. })) => value(thing),
            (Some(thing), Some(Column { value: Source::Perhaps(value), .. })) => value(thing).unwrap_or(Value::Missing),
            (_, Some(_)) => Value::Pending,
            (_, None) => Value::Missing,
        }
    }

    fn fact_lists(&self, row: &Row) -> Vec<(PaneId, Scope)> {
        row.item.get::<T>().map(self.more.fact_lists).unwrap_or_default()
    }

    fn facts(&self, row: &Row, lists: &FactLists<'_>) -> Vec<FactLine> {
        let Some(thing) = row.item.get::<T>() else { return Vec::new() };
        let lines = |fact: &Fact<T>| {
            let values = match fact.value {
                Source::Own(value) => vec![Ok(value(thing))],
                Source::Perhaps(value) => value(thing).map(Ok).into_iter().collect(),
                Source::Late(n) => vec![Err(n)],
                Source::Told(values) => values(thing, lists).into_iter().map(Ok).collect(),
            };
            let label = |n| if n == 0 { fact.label } else { "" };
            let lines = values.into_iter().enumerate();
            lines.map(|(n, value)| FactLine { label: label(n), value }).collect::<Vec<_>>()
        };
        self.more.facts.iter().flat_map(lines).collect()
    }

    fn subject(&self, scope: &Scope, row: &Row) -> Option<Scope> {
        row.item.get::<T>().and_then(|thing| (self.more.subject)(scope, thing))
    }
    fn can_invoke(&self) -> bool {
        self.more.invokes.is_some()
    }
    fn invokes(&self, scope: &Scope, row: &Row) -> Option<Invokee> {
        self.more.invokes.and_then(|invokes| invokes(scope, row.item.get::<T>()?))
    }
    fn name(&self, row: &Row) -> Text {
        row.item.get::<T>().map(self.names.name).unwrap_or_default()
    }
    fn arn(&self, scope: &Scope, row: &Row) -> Option<Text> {
        row.item.get::<T>().and_then(|thing| (self.names.arn)(scope, thing))
    }
    fn command(&self, scope: &Scope, row: &Row) -> String {
        row.item.get::<T>().map(|thing| (self.names.command)(scope, thing)).unwrap_or_default()
    }
    fn console(&self, region: &str, scope: &Scope, row: &Row) -> String {
        row.item.get::<T>().map(|thing| (self.names.console)(region, scope, thing)).unwrap_or_default()
    }
    fn without_page(&self, scope: &Scope, row: &Row) -> Option<&'static str> {
        row.item.get::<T>().and_then(|thing| (self.more.without_page)(scope, thing))
    }
    fn json(&self, row: &Row) -> String {
        let (Json::Row(json) | Json::Whole(json)) = self.names.json;
        row.item.get::<T>().map(json).unwrap_or_default()
    }

    fn json_is_whole(&self) -> bool {
        matches!(self.names.json, Json::Whole(_))
    }

    fn joins(&self) -> bool {
        self.more.join.is_some()
    }

    fn made_of(&self) -> Option<PaneId> {
        self.more.join.as_ref()?.from
    }

    fn join(&self, scope: &Scope, rows: &[Row], known: &Known<'_>) -> Option<Vec<Row>> {
        let join = self.more.join.as_ref()?;
        let rows = if join.from.is_some() { &[] } else { rows };
        let things = rows.iter().filter_map(|row| row.item.get::<T>().cloned()).collect();
        Some((join.fill)(scope, things, known).into_iter().map(|thing| self.row(thing)).collect())
    }

    fn needs(&self) -> &'static [PaneId] {
        self.more.needs
    }

    fn compares(&self) -> bool {
        self.more.compare.is_some()
    }

    fn parts(&self, scope: &Scope, row: &Row, known: &Known<'_>) -> Result<Vec<Part>, String> {
        match (&self.more.compare, row.item.get::<T>()) {
            (Some(compare), Some(thing)) => (compare.parts)(&On { scope, thing, known }),
            _ => Ok(Vec::new()),
        }
    }

    fn counterparts(&self, scope: &Scope, row: &Row, rows: &[Row], known: &Known<'_>) -> Vec<Counterpart> {
        let (Some(compare), Some(thing)) = (&self.more.compare, row.item.get::<T>()) else { return Vec::new() };
        let all: Vec<&T> = rows.iter().filter_map(|row| row.item.get::<T>()).collect();
        (compare.with)(&On { scope, thing, known }, &all)
    }

    fn operations(&self) -> Vec<Head> {
        self.more.operations.iter().map(Operation::head).chain(self.more.makes.iter().map(Operation::head)).collect()
    }

    fn prepare(
        &'static self,
        n: usize,
        scope: &Scope,
        row: Option<&Row>,
        known: &Known<'_>,
    ) -> Option<Result<Prepared, String>> {
        let Some(operation) = self.more.operations.get(n) else {
            let operation = self.more.makes.get(n - self.more.operations.len())?;
            return Some(operation.prepare(scope, scope, None, None, known));
        };
        let Some((row, thing)) = row.and_then(|row| Some((row, row.item.get::<T>()?))) else {
            return Some(Err(format!("{}: there is no row under the cursor", operation.label)));
        };
        Some(operation.prepare(scope, thing, Some(row.key.clone()), (self.more.subject)(scope, thing), known))
    }

    fn encode(&self, row: &Row) -> Option<String> {
        (self.more.keep.as_ref()?.encode)(row.item.get()?)
    }

    fn decode(&self, line: &str) -> Option<Row> {
        (self.more.keep.as_ref()?.decode)(line).map(|thing| self.row(thing))
    }
}
