//! How a payload is sent: the options of a request, and the sheet on which they are chosen.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tui_input::{Input, InputRequest};

use crate::aws::{Invocation, InvocationType};
use crate::model::json;
use crate::model::msg::Ticket;

/// The most bytes of a client context once it is encoded in base64 (`X-Amz-Client-Context`).
const CONTEXT: usize = 3583;
/// The most characters of a tenant id and of an execution's name.
const TENANT: usize = 256;
const NAME: usize = 64;

/// How a payload is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Who waits for what.
    pub kind: InvocationType,
    /// The last 4 KB of the log come along; only where the answer is waited for.
    pub tail: bool,
    /// The tenant that the run is for; empty without.
    pub tenant: String,
    /// JSON that the function finds in its context; empty without.
    pub context: String,
    /// The name of a durable execution; empty leaves it to AWS.
    pub execution: String,
}

impl Default for Way {
    fn default() -> Self {
        Self {
            kind: InvocationType::default(),
            tail: true,
            tenant: String::new(),
            context: String::new(),
            execution: String::new(),
        }
    }
}

/// One option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Kind,
    Tail,
    Tenant,
    Context,
    Execution,
}

impl Field {
    /// All of them, from top to bottom.
    pub const ALL: [Self; 5] = [Self::Kind, Self::Tail, Self::Tenant, Self::Context, Self::Execution];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Kind => "type",
            Self::Tail => "log tail",
            Self::Tenant => "tenant id",
            Self::Context => "client context",
            Self::Execution => "execution name",
        }
    }

    /// What is allowed in it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Kind => "left and right choose: who waits for what",
            Self::Tail => {
                "left and right switch: the last 4 KB of the log come along with an answer that is waited for"
            }
            Self::Tenant => {
                "for functions with tenant isolation: 1 to 256 letters, digits and . : / = + - @ _ or spaces"
            }
            Self::Context => "JSON that the function finds in its context; at most 3,583 bytes once encoded",
            Self::Execution => {
                "of a durable function: 1 to 64 letters, digits, - and _; a name that ran is not run again"
            }
        }
    }
}

impl Way {
    /// What is wrong with an option. `isolated`: the function keeps its tenants apart.
    pub fn complaint(&self, field: Field, isolated: bool) -> Option<String> {
        let event = self.kind == InvocationType::Event;
        match field {
            Field::Kind | Field::Tail => None,
            Field::Tenant if self.tenant.is_empty() => {
                isolated.then(|| "this function keeps its tenants apart: it runs only for one, by its id".to_owned())
            }
            Field::Tenant => {
                let fits = |c: char| c.is_ascii_alphanumeric() || ".:/=+-@_ ".contains(c);
                unfit(&self.tenant, TENANT, fits, "a tenant id")
            }
            Field::Context if self.context.is_empty() => None,
            Field::Context if event => Some("it does not reach a function that is invoked by an event".to_owned()),
            Field::Context => match json::check(&self.context) {
                Err(flaw) => Some(format!("not JSON, column {}: {}", flaw.column, flaw.why)),
                Ok(()) => match base64::encoded_len(self.context.len(), true).unwrap_or(usize::MAX) {
                    size if size > CONTEXT => Some(format!("{size} bytes once encoded; the limit is 3,583")),
                    _ => None,
                },
            },
            Field::Execution if self.execution.is_empty() => None,
            Field::Execution if self.kind == InvocationType::ResponseStream => {
                Some("a response stream takes no name: choose another type".to_owned())
            }
            Field::Execution => {
                let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
                unfit(&self.execution, NAME, fits, "the name")
            }
        }
    }

    /// The first option that will not do, and why.
    pub fn flaw(&self, isolated: bool) -> Option<(Field, String)> {
        Field::ALL.into_iter().find_map(|field| Some((field, self.complaint(field, isolated)?)))
    }

    /// How an invocation was sent.
    pub fn of(invocation: &Invocation) -> Self {
        let context = invocation.client_context.as_ref().and_then(|text| BASE64_STANDARD.decode(text).ok());
        Self {
            kind: invocation.kind,
            tail: invocation.tail,
            tenant: invocation.tenant.clone().unwrap_or_default(),
            context: context.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default(),
            execution: invocation.execution.clone().unwrap_or_default(),
        }
    }

    /// The client context as it travels.
    pub fn encoded_context(&self) -> Option<String> {
        (!self.context.is_empty()).then(|| BASE64_STANDARD.encode(&self.context))
    }
}

fn unfit(text: &str, most: usize, fits: impl Fn(char) -> bool, what: &str) -> Option<String> {
    if let Some(c) = text.chars().find(|c| !fits(*c)) {
        return Some(format!("{what} may not have {c:?}"));
    }
    let length = text.chars().count();
    (length > most).then(|| format!("{what} has at most {most} characters; these are {length}"))
}

/// The options while they are chosen.
#[derive(Debug)]
pub struct Options {
    /// As they would be.
    pub way: Way,
    /// The option that has the keyboard.
    pub focus: Field,
    /// The function keeps its tenants apart.
    pub isolated: bool,
    /// Tenants that runs were for, the last one first.
    pub tenants: Vec<String>,
    /// The request for those of earlier sessions.
    pub asked: Option<Ticket>,
    input: Input,
}

impl Options {
    /// The options as they stand.
    pub fn new(way: Way, focus: Field, isolated: bool, tenants: Vec<String>) -> Self {
        let mut options = Self { way, focus, isolated, tenants, asked: None, input: Input::default() };
        options.go(focus);
        options
    }

    /// The line that is typed, where one is.
    pub fn line(&self) -> Option<&Input> {
        (!matches!(self.focus, Field::Kind | Field::Tail)).then_some(&self.input)
    }

    /// What stands in a line.
    pub fn text(&self, field: Field) -> &str {
        match field {
            Field::Kind | Field::Tail => "",
            Field::Tenant => &self.way.tenant,
            Field::Context => &self.way.context,
            Field::Execution => &self.way.execution,
        }
    }

    /// Turns to an option.
    pub fn go(&mut self, field: Field) {
        self.focus = field;
        self.input = Input::new(self.text(field).to_owned());
    }

    /// Turns to the next option or the previous one.
    pub fn step(&mut self, forward: bool) {
        let at = Field::ALL.iter().position(|field| *field == self.focus).unwrap_or(0);
        let count = Field::ALL.len();
        let to = if forward { at + 1 } else { at + count - 1 } % count;
        self.go(Field::ALL.get(to).copied().unwrap_or(Field::Kind));
    }

    /// Offers the tenants of earlier sessions too, after those of this one.
    pub fn remember(&mut self, earlier: impl IntoIterator<Item = String>) {
        for tenant in earlier {
            if !self.tenants.contains(&tenant) {
                self.tenants.push(tenant);
            }
        }
    }

    /// A tenant that what is typed may become.
    pub fn offered(&self) -> Option<&str> {
        let typed = &self.way.tenant;
        let fits = |tenant: &&String| tenant.starts_with(typed) && *tenant != typed;
        self.tenants.iter().find(fits).map(String::as_str).filter(|_| self.focus == Field::Tenant)
    }

    /// A key that is no command.
    pub fn type_key(&mut self, request: InputRequest) {
        let forward = match request {
            InputRequest::GoToPrevChar => Some(false),
            InputRequest::GoToNextChar | InputRequest::InsertChar(' ') => Some(true),
            _ => None,
        };
        match (self.focus, forward) {
            (Field::Kind, Some(forward)) => self.way.kind = self.way.kind.step(forward),
            (Field::Tail, Some(_)) => self.way.tail = !self.way.tail,
            (Field::Kind | Field::Tail, None) => {}
            (Field::Tenant, _) if request == InputRequest::GoToNextChar && self.at_end() => {
                if let Some(tenant) = self.offered().map(str::to_owned) {
                    self.way.tenant = tenant;
                    self.go(Field::Tenant);
                }
            }
            (field, _) => {
                self.input.handle(request);
                let text = self.input.value().to_owned();
                match field {
                    Field::Tenant => self.way.tenant = text,
                    Field::Context => self.way.context = text,
                    _ => self.way.execution = text,
                }
            }
        }
    }

    fn at_end(&self) -> bool {
        self.input.cursor() == self.input.value().chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_aws_would_refuse_is_said_before() {
        let way = Way { tenant: "blue team@acme.com".into(), context: "{\"a\":1}".into(), ..Way::default() };
        assert_eq!(way.flaw(true), None);
        assert_eq!(Way::default().flaw(false), None);
        let flaw = |way: Way| way.flaw(true).unwrap().0;
        assert_eq!(flaw(Way::default()), Field::Tenant);
        let tenant = || Way { tenant: "t".into(), ..Way::default() };
        assert_eq!(flaw(Way { tenant: "é".into(), ..Way::default() }), Field::Tenant);
        assert_eq!(flaw(Way { context: "{".into(), ..tenant() }), Field::Context);
        assert_eq!(flaw(Way { execution: "a b".into(), ..tenant() }), Field::Execution);
        assert_eq!(flaw(Way { kind: InvocationType::Event, context: "{}".into(), ..tenant() }), Field::Context);
    }

    #[test]
    fn a_client_context_is_measured_as_it_travels() {
        let of = |length: usize| Way { context: format!("\"{}\"", "x".repeat(length - 2)), ..Way::default() };
        assert_eq!(of(2685).encoded_context().unwrap().len(), 3580);
        assert_eq!(of(2685).complaint(Field::Context, false), None);
        assert_eq!(of(2688).complaint(Field::Context, false).unwrap(), "3584 bytes once encoded; the limit is 3,583");
    }

    #[test]
    fn a_tenant_of_before_is_taken_by_going_on() {
        let mut options = Options::new(Way::default(), Field::Tenant, true, vec!["blue".into(), "green".into()]);
        options.type_key(InputRequest::InsertChar('g'));
        assert_eq!(options.offered(), Some("green"));
        options.type_key(InputRequest::GoToNextChar);
        assert_eq!((options.way.tenant.as_str(), options.offered()), ("green", None));
        options.type_key(InputRequest::DeletePrevChar);
        assert_eq!(options.way.tenant, "gree");
    }
}
