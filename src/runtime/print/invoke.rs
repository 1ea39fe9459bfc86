//! `lambdash invoke FUNCTION`: one invocation, its answer on standard output as it is.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::{Duration, Instant};

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use tokio::sync::mpsc;

use super::super::payloads::payload;
use super::super::signals::{Asked, Signals};
use super::Stopped;
use super::told::Told;
use crate::aws::{self, Aws, Invocation, InvocationType, Outcome, Piece, Problem, Target, Text};
use crate::model::console::{Request, Way, took, whole_characters};
use crate::model::is_production;

/// What is to be invoked, with what, and how.
#[derive(Debug, Clone)]
pub struct Invoking {
    /// A function, one of its versions or aliases, or an ARN of these.
    pub function: String,
    /// What the function gets; else what the file holds, else an empty object.
    pub payload: Option<String>,
    /// A file with the payload; `-` is standard input.
    pub payload_file: Option<PathBuf>,
    /// Who waits for what.
    pub kind: InvocationType,
    /// The end of the log is told too.
    pub tail: bool,
    /// The tenant that the run is for; empty without.
    pub tenant: String,
    /// JSON that the function finds in its context; empty without.
    pub context: String,
    /// The name of a durable execution; empty leaves it to AWS.
    pub execution: String,
    /// One JSON object, with all that is known of the run.
    pub json: bool,
    /// A production profile will do.
    pub sure: bool,
    /// Words in a profile's name that mean production.
    pub production: Vec<String>,
    /// The answer goes to a terminal: what it holds must not act on it.
    pub terminal: bool,
}

/// How an invocation that was sent ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invoked {
    /// It answered, was queued, or would be allowed.
    Well,
    /// The function failed.
    Failed,
}

impl Invoked {
    /// What the process tells whoever started it.
    pub fn code(self) -> u8 {
        match self {
            Self::Well => 0,
            Self::Failed => 3,
        }
    }
}

/// Invokes a function, once, and prints what it answers. `tell` hears what a person should know besides, `log`
/// the lines of the log that came along.
///
/// # Errors
/// When nothing was sent, when AWS refused, when nobody knows what came of it, or when the answer is not whole.
pub fn invoke(
    target: &Target,
    http: Option<SharedHttpClient>,
    order: &Invoking,
    out: impl Write,
    tell: impl Fn(&str) + Copy + Send + 'static,
    log: impl Fn(&str),
) -> Result<Invoked, Stopped> {
    let invocation = invocation(order)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let aws = super::connect(target, http).await?;
        let profile = aws.profile().unwrap_or("default");
        let runs = invocation.kind != InvocationType::DryRun;
        if runs && !order.sure && is_production(profile, &order.production) {
            let why = format!("not sent: {} is a production profile; --yes invokes there too", Text::line(profile));
            return Err(Stopped::Usage(why));
        }
        let mut paper = Paper { out, terminal: order.terminal, rest: Vec::new(), ends_line: true };
        watch_signals(tell)?;
        let begun = Instant::now();
        let outcome = run(aws, invocation, (!order.json).then_some(&mut paper)).await?;
        let took = begun.elapsed();
        let printed =
            if order.json { paper.line(&Told::of(&outcome, took).line()) } else { paper.end(&outcome.payload) };
        if !order.json {
            for line in outcome.tail.iter().flat_map(|tail| &tail.lines) {
                log(&line.text);
            }
        }
        // That it ran is to be known, whether or not its answer could be printed.
        tell(&summary(&outcome, took));
        printed?;
        ended(&outcome)
    })
}

/// The invocation that is wanted, checked as the console checks it.
fn invocation(wanted: &Invoking) -> Result<Invocation, Stopped> {
    let payload = match (&wanted.payload, &wanted.payload_file) {
        (Some(payload), _) => payload.clone(),
        (None, Some(path)) => {
            read(path).map_err(|why| Stopped::Usage(format!("not sent: {}: {why}", path.display())))?
        }
        (None, None) => "{}".to_owned(),
    };
    let way = Way {
        kind: wanted.kind,
        tail: wanted.tail,
        tenant: wanted.tenant.clone(),
        context: wanted.context.clone(),
        execution: wanted.execution.clone(),
    };
    let invocation = way.invocation(whom(&wanted.function)?, payload.as_bytes(), None, false);
    let invocation = invocation.map_err(|refusal| Stopped::Usage(refusal.sentence()))?;
    match Request::flaw_of(payload.as_bytes()) {
        Some(_) if payload == "-" => {
            Err(Stopped::Usage("not sent: --payload takes JSON; standard input is --payload-file -".to_owned()))
        }
        Some(flaw) => Err(Stopped::Usage(format!("not sent: the payload is not JSON, {flaw}"))),
        None => Ok(invocation),
    }
}

/// A file may be a pipe too.
fn read(path: &Path) -> Result<String, String> {
    if path.as_os_str() == "-" {
        return payload(std::io::stdin().lock());
    }
    payload(std::fs::File::open(path).map_err(|error| error.to_string())?)
}

/// Function and qualifier. AWS reads ARNs, whole or in part, by itself. Nothing behind a colon is no wish for `$LATEST`:
/// more likely a variable of a script is empty.
fn whom(typed: &str) -> Result<(Text, Option<Text>), Stopped> {
    if typed.is_empty() || typed.starts_with(':') || typed.ends_with(':') {
        return Err(Stopped::Usage(format!("not sent: {typed:?} is no function; FUNCTION or FUNCTION:ALIAS is")));
    }
    Ok(match typed.split_once(':') {
        Some((function, qualifier)) if !qualifier.contains(':') => (Text::line(function), Some(Text::line(qualifier))),
        _ => (Text::line(typed), None),
    })
}

/// Sends it. A stream is printed as it comes where there is `paper` for it, and is in the outcome where there is none; so
/// is any other answer.
async fn run<W: Write>(aws: Aws, invocation: Invocation, paper: Option<&mut Paper<W>>) -> Result<Outcome, Stopped> {
    if invocation.kind != InvocationType::ResponseStream {
        return Ok(aws::invoke(aws, invocation).await?);
    }
    let (sender, mut pieces) = mpsc::unbounded_channel();
    // Who listens has gone only when nothing can be printed any more.
    let mut sent = pin!(aws::invoke_streaming(aws, invocation, move |piece| drop(sender.send(piece))));
    let (mut paper, mut kept) = (paper, Vec::new());
    let mut take = |piece: Piece| match (&mut paper, piece) {
        (_, Piece::Begun) => Ok(()),
        (Some(paper), Piece::Bytes(bytes)) => paper.write(&bytes),
        (None, Piece::Bytes(bytes)) => {
            kept.extend(bytes);
            Ok(())
        }
    };
    let outcome: Result<Outcome, Problem> = loop {
        tokio::select! {
            biased;
            Some(piece) = pieces.recv() => take(piece)?,
            outcome = &mut sent => break outcome,
        }
    };
    while let Ok(piece) = pieces.try_recv() {
        take(piece)?;
    }
    Ok(Outcome { payload: kept, ..outcome? })
}

/// Ends the process when somebody wants that, and says what that leaves. On a thread of its own: this one may be held up
/// by a reader of the answer who does not read.
fn watch_signals(tell: impl Fn(&str) + Send + 'static) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut signals = {
        let _entered = runtime.enter();
        Signals::new()?
    };
    let watch = async move {
        let number = loop {
            if let Asked::End(number) = signals.next().await {
                break number;
            }
        };
        tell("stopped waiting; if the call had left, the function goes on");
        std::process::exit(128 + number);
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || runtime.block_on(watch)).map(drop)
}

/// In a few words how it went.
fn summary(outcome: &Outcome, time: Duration) -> String {
    let mut words = match (&outcome.function_error, outcome.status) {
        _ if let Some(why) = outcome.incomplete() => format!("the answer is not whole: {why}"),
        (Some(error), _) => format!("the function failed ({error})"),
        (None, 202) => "queued: the function runs when its turn comes".to_owned(),
        (None, 204) => "allowed; nothing was executed".to_owned(),
        (None, _) => "success".to_owned(),
    };
    if let Some(version) = &outcome.executed_version {
        words.push_str(&format!(" · version {version}"));
    }
    words.push_str(&format!(" · {}", took(time)));
    if let Some(request) = &outcome.request_id {
        words.push_str(&format!(" · request {request}"));
    }
    words
}

/// What it comes to: an answer that is not whole is no success.
fn ended(outcome: &Outcome) -> Result<Invoked, Stopped> {
    match outcome.incomplete() {
        Some(_) => Err(Stopped::Cut),
        None if outcome.function_error.is_some() => Ok(Invoked::Failed),
        None => Ok(Invoked::Well),
    }
}

/// Standard output. A program gets the bytes as they are, a terminal what cannot act on it.
struct Paper<W> {
    out: W,
    terminal: bool,
    /// The beginning of a character that is not whole yet.
    rest: Vec<u8>,
    ends_line: bool,
}

impl<W: Write> Paper<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if !self.terminal {
            self.out.write_all(bytes)?;
            return self.out.flush();
        }
        self.rest.extend_from_slice(bytes);
        let text = whole_characters(&mut self.rest);
        self.show(&text)
    }

    fn show(&mut self, text: &str) -> std::io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.ends_line = text.ends_with('\n');
        self.out.write_all(Text::block(text).as_bytes())?;
        self.out.flush()
    }

    /// A line for a program.
    fn line(&mut self, line: &str) -> std::io::Result<()> {
        self.out.write_all(line.as_bytes())?;
        self.out.flush()
    }

    /// Nothing comes behind these bytes. A prompt begins on a line of its own.
    fn end(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.write(bytes)?;
        let rest = std::mem::take(&mut self.rest);
        self.show(&String::from_utf8_lossy(&rest))?;
        if self.terminal && !self.ends_line {
            self.out.write_all(b"\n")?;
        }
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_qualifier_apart_and_an_arn_is_left_to_aws() {
        let told = |typed| {
            let (function, qualifier) = whom(typed).unwrap();
            (function.to_string(), qualifier.map(|of| of.to_string()))
        };
        assert_eq!(told("orders-api"), ("orders-api".to_owned(), None));
        assert_eq!(told("orders-api:live"), ("orders-api".to_owned(), Some("live".to_owned())));
        let arn = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api:live";
        assert_eq!(told(arn), (arn.to_owned(), None));
        assert_eq!(told("123456789012:function:orders-api").1, None);
        for nobody in ["", ":", "orders-api:", ":live"] {
            assert!(matches!(whom(nobody), Err(Stopped::Usage(_))), "{nobody:?}");
        }
    }

    fn printed(terminal: bool, pieces: &[&[u8]]) -> Vec<u8> {
        let mut paper = Paper { out: Vec::new(), terminal, rest: Vec::new(), ends_line: true };
        for piece in pieces {
            paper.write(piece).unwrap();
        }
        paper.end(b"").unwrap();
        paper.out
    }

    #[test]
    fn a_program_gets_the_bytes_and_a_terminal_what_cannot_act_on_it() {
        let pieces: [&[u8]; 3] = [b"\x1b[2J\xc3", b"\xa9 \xff", b"\xe2\x82"];
        assert_eq!(printed(false, &pieces), pieces.concat());
        assert_eq!(String::from_utf8(printed(true, &pieces)).unwrap(), "^[[2Jé ��\n");
        assert_eq!(printed(true, &[b"whole\n"]), b"whole\n");
        assert_eq!(printed(true, &[b""]), b"");
    }
}
