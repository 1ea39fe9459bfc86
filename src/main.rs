//! Parse the arguments, run, and say in one sentence what went wrong.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use color_eyre::eyre::{self, WrapErr as _};
use lambdash::cli::{Arguments, Command, InvokeArguments, LogsArguments, Settings, Surroundings};
use lambdash::{Ended, Engine, Ports, demo, print, run, start, system_clock};

fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    let command = arguments.command.take();
    let settings = Settings::new(arguments, Surroundings::of_process());
    match command {
        Some(Command::Logs(wanted)) => return print_log(&settings, wanted),
        Some(Command::Invoke(wanted)) => return print_answer(&settings, wanted),
        None => {}
    }
    if let Err(sentence) = fit_for_a_screen() {
        say(sentence);
        return ExitCode::from(2);
    }
    match go(&settings) {
        Ok(Some(ended)) => farewell(&ended),
        Ok(None) => ExitCode::from(101),
        Err(report) => {
            say(&format!("{report:#}"));
            ExitCode::from(2)
        }
    }
}

/// Prints a log, without a screen.
fn print_log(settings: &Settings, wanted: LogsArguments) -> ExitCode {
    complain(settings);
    let out = std::io::stdout();
    let order = print::Order {
        of: wanted.function,
        since: wanted.since,
        until: wanted.until,
        follow: wanted.follow,
        filter: wanted.filter,
        json: wanted.json,
        colour: out.is_terminal() && !settings.options.no_color,
    };
    let now = system_clock()();
    // The pipe's reader may be gone at any time, and a line for each write would be slow.
    let out = std::io::BufWriter::new(out.lock());
    let printed = print::print(&settings.target, in_memory(settings, system_clock()), &order, now, out, say);
    printed.map_or_else(|stopped| stop(&stopped), |()| ExitCode::SUCCESS)
}

/// Invokes a function, without a screen.
fn print_answer(settings: &Settings, wanted: InvokeArguments) -> ExitCode {
    complain(settings);
    let out = std::io::stdout();
    let order = print::Invoking {
        function: wanted.function,
        payload: wanted.payload,
        payload_file: wanted.payload_file,
        kind: wanted.kind,
        tail: wanted.tail,
        tenant: wanted.tenant_id,
        context: wanted.client_context,
        execution: wanted.durable_execution_name,
        json: wanted.json,
        sure: wanted.yes,
        production: settings.production.clone(),
        terminal: out.is_terminal(),
    };
    let invoked = print::invoke(&settings.target, in_memory(settings, system_clock()), &order, out.lock(), say, show);
    invoked.map_or_else(|stopped| stop(&stopped), |invoked| ExitCode::from(invoked.code()))
}

/// What was wrong with the settings, where no screen shows it.
fn complain(settings: &Settings) {
    settings.complaints.iter().for_each(|complaint| say(complaint));
}

/// The account in memory, if that is wanted.
fn in_memory(settings: &Settings, clock: lambdash::Clock) -> Option<demo::SharedHttpClient> {
    settings.demo.then(|| demo::http_client(demo::Demo::account(Arc::new(move || clock().wall))))
}

/// Says why nothing more is printed.
fn stop(stopped: &print::Stopped) -> ExitCode {
    let (code, sentence) = stopped.code();
    if let Some(sentence) = sentence {
        say(&sentence);
    }
    ExitCode::from(code)
}

/// A sentence of ours on standard error.
fn say(sentence: &str) {
    show(&format!("lambdash: {sentence}"));
}

/// A line on standard error. `eprintln` would panic if the terminal is gone.
fn show(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A screen needs a terminal on both sides.
fn fit_for_a_screen() -> Result<(), &'static str> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err("standard input and output must be a terminal; start it in one, without pipes");
    }
    match std::env::var("TERM").as_deref() {
        Ok("dumb") => Err("TERM=dumb cannot show a screen; start it in a terminal that can move its cursor"),
        Err(_) | Ok("") if cfg!(unix) => {
            Err("TERM is not set, so the terminal is unknown; set it, for example TERM=xterm-256color")
        }
        _ => Ok(()),
    }
}

/// Runs the program; `None` if it panicked, which the terminal's owner has told then.
fn go(settings: &Settings) -> eyre::Result<Option<Ended>> {
    color_eyre::install()?;
    open_log(settings)?;
    let clock = failing(system_clock(), "LAMBDASH_TEST_PANIC_SCREEN");
    let ports = Ports {
        http: in_memory(settings, failing(system_clock(), "LAMBDASH_TEST_PANIC_TASK")),
        cache: settings.cache.clone(),
        data: settings.data.clone(),
        here: None,
    };
    let model = start(settings, clock());
    let engine = Engine::new(model, ports, clock);
    run(engine, settings.options.mouse).wrap_err("the terminal could not be used")
}

/// A debug build can be told to fail where nothing does by itself: the clock panics as long as the
/// file named by the variable exists. `tests/it/terminal.rs` looks at what happens then.
#[cfg(debug_assertions)]
fn failing(clock: lambdash::Clock, variable: &str) -> lambdash::Clock {
    let Some(file) = std::env::var_os(variable).map(std::path::PathBuf::from) else { return clock };
    Arc::new(move || {
        assert!(!file.exists(), "a panic may quote the {{\"payload\": 1}}");
        clock()
    })
}

#[cfg(not(debug_assertions))]
fn failing(clock: lambdash::Clock, _variable: &str) -> lambdash::Clock {
    clock
}

fn farewell(ended: &Ended) -> ExitCode {
    for unfinished in &ended.unfinished {
        say(unfinished);
    }
    match (ended.signal, ended.vanished) {
        (Some(number), _) => ExitCode::from(128_u8.saturating_add(u8::try_from(number).unwrap_or(0))),
        (None, true) => ExitCode::from(129),
        (None, false) => ExitCode::SUCCESS,
    }
}

/// The log goes to a file of mode 0600, never to the screen.
fn open_log(settings: &Settings) -> eyre::Result<()> {
    use tracing_subscriber::{EnvFilter, filter::FilterExt as _, filter::filter_fn, prelude::*};
    let Some(path) = &settings.log else { return Ok(()) };
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let file = options.open(path).wrap_err_with(|| format!("the log file {} could not be opened", path.display()))?;
    let wanted = EnvFilter::new(std::env::var("RUST_LOG").unwrap_or_else(|_| "lambdash=debug".to_owned()));
    // The SDK's own chatter holds requests and answers whole. A filter beside the person's, as one of the person's own
    // directives would win over any that stands in the same list.
    let fit = filter_fn(|of| of.target().starts_with("lambdash") || *of.level() <= tracing::Level::WARN);
    let writer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::sync::Mutex::new(file));
    tracing_subscriber::registry().with(writer.with_filter(wanted.and(fit))).init();
    Ok(())
}
