//! What went wrong: its kind, what we were doing, what came back, and what to do.

use super::text::Text;

/// What sort of problem it is; decides whether it is worth asking again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Kind {
    /// The identity may not do this.
    Denied,
    /// The credentials were good once.
    Expired,
    /// There are none, or their configuration is broken.
    NoCredentials,
    /// The thing does not exist (any more).
    Missing,
    /// AWS asks us to slow down.
    Throttled,
    /// Something else is in the way: an update in progress, a newer revision.
    Conflict,
    /// There is one already: of that name, or between the same two.
    Exists,
    /// AWS refuses the request as it stands.
    Invalid,
    /// No connection could be made or kept.
    Unreachable,
    /// No answer came within the time we wait.
    TimedOut,
    /// This endpoint lacks the operation.
    Unsupported,
    /// The session is read-only; nothing was sent.
    ReadOnly,
    /// The request left, the answer did not come: it may have been done.
    OutcomeUnknown,
    /// Our own mistake; the program lives on.
    Panicked,
    /// Anything else, AWS's own errors among them.
    Other,
}

impl Kind {
    /// A list that failed so is asked again by itself after 1, 2, 4 ... 60 s.
    pub fn backs_off(self) -> bool {
        matches!(self, Self::Throttled | Self::Unreachable | Self::TimedOut)
    }

    /// What came back and what to do, where nothing more particular is known. `None`: AWS's own words are needed.
    fn in_few_words(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Denied => ("not allowed", "ask for the permission"),
            Self::Expired => ("credentials expired", "sign in again, then r"),
            Self::NoCredentials => ("no credentials", "sign in, or P for a profile"),
            Self::Missing => ("not found", "r looks again"),
            Self::Throttled => ("throttled", "we slow down and ask again"),
            Self::Unreachable => ("no connection", "check network and endpoint"),
            Self::TimedOut => ("no answer in time", "check network and endpoint"),
            Self::Unsupported => ("not offered here", "other panes are not affected"),
            Self::ReadOnly => ("read-only", "start without --read-only"),
            Self::Panicked => ("lambdash made a mistake", "r tries again"),
            Self::Conflict | Self::Exists | Self::Invalid | Self::OutcomeUnknown | Self::Other => return None,
        })
    }

    /// Asking again by ourselves, after a while, makes sense.
    pub fn passes(self) -> bool {
        matches!(self, Self::Throttled | Self::Unreachable | Self::TimedOut | Self::Other)
    }
}

/// A problem in few words, for one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// What came back: "credentials expired".
    pub said: Text,
    /// What to do, in no more cells than the narrowest screen has: "sign in again, then r".
    pub act: Text,
}

impl Brief {
    /// From plain words, without a full stop.
    pub(super) fn new(said: impl Into<Text>, act: impl Into<Text>) -> Self {
        Self { said: said.into(), act: act.into() }
    }
}

/// What went wrong. All of it is safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What sort it is.
    pub kind: Kind,
    /// What we were doing, to follow "could not": "list the functions".
    pub doing: Text,
    /// The IAM action that the request needed: "lambda:ListFunctions". Not known of what came from elsewhere.
    pub action: Option<&'static str>,
    /// What came back, in AWS's words where it spoke.
    pub said: Text,
    /// One line of what to do. Names the missing IAM action when denied. May be empty.
    pub hint: Text,
    /// The same in few words, where its kind does not tell all of them.
    pub brief: Option<Brief>,
    /// AWS's name of the error.
    pub code: Option<Text>,
    /// The HTTP status of the answer, if there was one. It does not tell errors apart: 403 can be a file system.
    pub status: Option<u16>,
    /// AWS's number of the request, for its support.
    pub request_id: Option<Text>,
}

impl Problem {
    /// A problem AWS gave neither name nor number.
    pub fn new(kind: Kind, doing: impl Into<Text>, said: impl Into<Text>, hint: impl Into<Text>) -> Self {
        let (doing, said, hint) = (doing.into(), said.into(), hint.into());
        Self { kind, doing, action: None, said, hint, brief: None, code: None, status: None, request_id: None }
    }

    /// The same problem with few words of its own.
    pub(super) fn in_brief(mut self, brief: Brief) -> Self {
        self.brief = Some(brief);
        self
    }

    /// A task of ours ended in a panic while `doing`.
    pub fn panicked(doing: impl Into<Text>) -> Self {
        Self::new(
            Kind::Panicked,
            doing,
            Text::known("lambdash made a mistake"),
            Text::known("The rest goes on; press r to try again. The log file (--log) has the details."),
        )
    }

    /// What we tried and what came back.
    pub fn what(&self) -> String {
        let said = self.said.trim_end_matches('.');
        let mut sentence = format!("Could not {}: ", self.doing);
        match &self.code {
            Some(code) if said.is_empty() => sentence.push_str(code),
            Some(code) => sentence.push_str(&format!("{code}: {said}")),
            None => sentence.push_str(said),
        }
        if !sentence.ends_with('…') {
            sentence.push('.');
        }
        sentence
    }

    /// What fits where there is one line: AWS's long words make room for what to do, unless it is they that say it.
    pub fn brief(&self) -> String {
        match self.few_words() {
            Some((said, act)) => format!("Could not {}: {said}; {act}.", self.doing),
            None => self.sentence(),
        }
    }

    /// The same in fewer and fewer words, for a line of which the room is not known. What to do stands in each, and
    /// alone in the last.
    pub fn forms(&self) -> Vec<String> {
        let code = || self.code.as_deref().unwrap_or("AWS refuses it");
        let (said, act) = self.few_words().unwrap_or_else(|| (code(), "! says why"));
        let doing = format!("Could not {}: {said}; {act}", self.doing);
        vec![self.sentence(), doing, format!("{said}; {act}"), act.to_owned()]
    }

    fn few_words(&self) -> Option<(&str, &str)> {
        match &self.brief {
            Some(brief) => Some((&brief.said, &brief.act)),
            None => self.kind.in_few_words(),
        }
    }

    /// The whole of it in one line: what we tried, what came back, what to do.
    pub fn sentence(&self) -> String {
        let mut sentence = self.what();
        if !self.hint.is_empty() {
            sentence.push(' ');
            sentence.push_str(&self.hint);
        }
        sentence
    }

    /// The whole of it for a command without a screen: that has no keys and is run again.
    pub fn for_command(&self) -> String {
        let keys = [
            ("It may have been deleted meanwhile; press r to look again", "Check the name and the region"),
            ("Press r to ask again", "Run it again"),
            ("Press r to try again", "Run it again"),
            ("press r to ask again", "run it again"),
            ("then press r", "then run it again"),
            ("Press R and choose one, use --region", "Use --region"),
            ("Go back and refresh the list with r", "Check the name and the region"),
            ("Look into its log (l)", "Look into its log (lambdash logs)"),
            ("We slow down and ask again by ourselves", "Run it again later"),
        ];
        keys.iter().fold(self.sentence(), |sentence, (key, instead)| sentence.replace(key, instead))
    }

    /// The same problem, met after `count` things (of `what`) had already come.
    pub(super) fn after(mut self, count: usize, what: &str) -> Self {
        if count > 0 {
            self.said = Text::line(format!("the list is incomplete, {count} {what} had come, then: {}", self.said));
        }
        self
    }
}

impl From<&'static str> for Text {
    fn from(words: &'static str) -> Self {
        Self::known(words)
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::line(words)
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_what_we_tried_what_came_back_and_what_to_do() {
        let mut problem =
            Problem::new(Kind::Denied, "read orders-api", "not authorized.", "Ask for lambda:GetFunction.");
        assert_eq!(problem.sentence(), "Could not read orders-api: not authorized. Ask for lambda:GetFunction.");
        problem.code = Some("AccessDeniedException".into());
        problem.hint = Text::default();
        assert_eq!(problem.sentence(), "Could not read orders-api: AccessDeniedException: not authorized.");
        problem.said = Text::default();
        assert_eq!(problem.sentence(), "Could not read orders-api: AccessDeniedException.");
    }

    #[test]
    fn fewer_words_lose_what_was_done_before_what_to_do() {
        let problem = Problem::new(Kind::Expired, "list the functions", "The security token", "Sign in again.");
        assert_eq!(problem.brief(), "Could not list the functions: credentials expired; sign in again, then r.");
        assert_eq!(
            problem.forms(),
            [
                "Could not list the functions: The security token. Sign in again.",
                "Could not list the functions: credentials expired; sign in again, then r",
                "credentials expired; sign in again, then r",
                "sign in again, then r"
            ]
        );
        let brief = Brief::new("not allowed", "needs lambda:ListFunctions");
        let denied = Problem::new(Kind::Denied, "list the functions", "User ...", "").in_brief(brief);
        assert_eq!(denied.forms()[2..], ["not allowed; needs lambda:ListFunctions", "needs lambda:ListFunctions"]);
        let mut odd = Problem::new(Kind::Invalid, "list", "Value 51 at ...", "Correct it.");
        odd.code = Some("InvalidParameterValueException".into());
        assert_eq!(odd.brief(), odd.sentence(), "only AWS's words say what is wrong");
        assert_eq!(odd.forms()[2], "InvalidParameterValueException; ! says why");
    }

    #[test]
    fn a_command_has_no_keys() {
        let problem =
            Problem::new(Kind::TimedOut, "read", "no answer", "Check the network, then press r to ask again.");
        assert_eq!(problem.for_command(), "Could not read: no answer. Check the network, then run it again.");
    }

    #[test]
    fn a_list_that_broke_off_says_how_far_it_came() {
        let problem = Problem::new(Kind::Other, "list the functions", "internal error", "").after(100, "functions");
        assert_eq!(problem.said, "the list is incomplete, 100 functions had come, then: internal error");
    }
}
