//! Parse the arguments, run, and say in one sentence what went wrong.

use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;
use color_eyre::eyre::{self, WrapErr as _};
use lambdash::cli::{Arguments, Settings, Surroundings};
use lambdash::{Ended, Engine, Ports, demo, run, start, system_clock};

/// How long tasks get to end when the program does.
const GOODBYE: Duration = Duration::from_millis(300);

fn main() -> ExitCode {
    let settings = Settings::new(Arguments::parse(), Surroundings::of_process());
    if let Err(sentence) = fit_for_a_screen() {
        eprintln!("lambdash: {sentence}");
        return ExitCode::from(2);
    }
    match go(&settings) {
        Ok(ended) => farewell(&ended),
        Err(report) => {
            eprintln!("lambdash: {report:#}");
            ExitCode::from(2)
        }
    }
}

/// A screen needs a terminal on both sides.
fn fit_for_a_screen() -> Result<(), &'static str> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err("standard input and output must be a terminal; start it in one, without pipes");
    }
    match std::env::var("TERM").as_deref() {
        Ok("dumb") => Err("TERM=dumb cannot show a screen; start it in a terminal that can move its cursor"),
        _ => Ok(()),
    }
}

fn go(settings: &Settings) -> eyre::Result<Ended> {
    color_eyre::install()?;
    open_log(settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .wrap_err("the background tasks could not be started")?;
    let clock = system_clock();
    let wall = clock.clone();
    let account = settings.demo.then(|| demo::Demo::account(std::sync::Arc::new(move || wall().wall)));
    let ports = Ports { http: account.map(demo::http_client), cache: settings.cache.clone() };
    let engine = Engine::new(start(settings, lambdash::testing::Size::default()), ports, clock);
    let ended = runtime.block_on(run(engine, settings.options.mouse)).wrap_err("the terminal could not be used");
    // Name look-ups of the system cannot be interrupted; they are left behind.
    runtime.shutdown_timeout(GOODBYE);
    ended
}

fn farewell(ended: &Ended) -> ExitCode {
    for unfinished in &ended.unfinished {
        eprintln!("lambdash: {unfinished}");
    }
    match (ended.signal, ended.vanished) {
        (Some(number), _) => ExitCode::from(128_u8.saturating_add(u8::try_from(number).unwrap_or(0))),
        (None, true) => ExitCode::from(129),
        (None, false) => ExitCode::SUCCESS,
    }
}

/// The log goes to a file of mode 0600, never to the screen. The SDK's own chatter stays out of it:
/// it may hold what must not be written down.
fn open_log(settings: &Settings) -> eyre::Result<()> {
    let Some(path) = &settings.log else { return Ok(()) };
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let file = options.open(path).wrap_err_with(|| format!("the log file {} could not be opened", path.display()))?;
    let wanted = std::env::var("RUST_LOG").unwrap_or_else(|_| "lambdash=debug".to_owned());
    let filter = tracing_subscriber::EnvFilter::new(format!("{wanted},aws_=warn,hyper=warn,rustls=warn,h2=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(std::sync::Mutex::new(file)).init();
    Ok(())
}
