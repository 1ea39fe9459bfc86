//! Arguments, environment and configuration file, as settings.

mod commands;
mod file;
mod terminal;

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

pub use self::commands::{Command, InvokeArguments, LogsArguments};
use crate::aws::Target;
use crate::keys::THEMES;
use crate::model::{Colours, Options, Refresh, Remember};

/// The terminal dashboard for AWS Lambda: browse, inspect and invoke, deep, instant and safe.
#[derive(Parser, Debug, Default)]
#[command(name = "lambdash", version, about, max_term_width = 100)]
pub struct Arguments {
    /// AWS profile [default: `AWS_PROFILE`, then "default"]
    #[arg(long, global = true, env = "LAMBDASH_PROFILE", value_name = "P")]
    pub profile: Option<String>,
    /// AWS region [default: `AWS_REGION`, then the profile's]
    #[arg(long, global = true, env = "LAMBDASH_REGION", value_name = "R")]
    pub region: Option<String>,
    /// Endpoint instead of AWS's own, for emulators [default: `AWS_ENDPOINT_URL_LAMBDA`, `AWS_ENDPOINT_URL`]
    #[arg(long, global = true, env = "LAMBDASH_ENDPOINT_URL", value_name = "U")]
    pub endpoint_url: Option<String>,
    /// Refuse everything that would change the account, invocations included
    #[arg(long, global = true, env = "LAMBDASH_READ_ONLY", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL", require_equals = true, value_parser = Switch::parser("LAMBDASH_READ_ONLY"))]
    pub read_only: Option<Switch>,
    /// A believable account in memory: no network, no credentials
    #[arg(long, global = true)]
    pub demo: bool,
    /// How often to refresh, in seconds, or "off" [default: 60]
    #[arg(long, env = "LAMBDASH_REFRESH", value_name = "SECONDS|off")]
    pub refresh: Option<String>,
    /// Colours: terminal, dark, light [default: terminal]
    #[arg(long, env = "LAMBDASH_THEME", value_name = "NAME")]
    pub theme: Option<String>,
    /// Only ASCII on the screen
    #[arg(long, env = "LAMBDASH_ASCII", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL", require_equals = true, value_parser = Switch::parser("LAMBDASH_ASCII"))]
    pub ascii: Option<Switch>,
    /// Neither read nor write the lists kept from the last run
    #[arg(long, env = "LAMBDASH_NO_CACHE", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL", require_equals = true, value_parser = Switch::parser("LAMBDASH_NO_CACHE"))]
    pub no_cache: Option<Switch>,
    /// What is kept on disk of invocations: full, no-payloads, off [default: full]
    #[arg(long, env = "LAMBDASH_HISTORY", value_name = "WORD")]
    pub history: Option<String>,
    /// How much text of a log is held in memory, in MB; the oldest lines go first [default: 64]
    #[arg(long, env = "LAMBDASH_LOG_MEMORY", value_name = "MB")]
    pub log_memory: Option<String>,
    /// Write a log (no secrets, no payloads) to this file; `RUST_LOG` sets how much
    #[arg(long, env = "LAMBDASH_LOG", value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// Something to do without a screen
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// On, off, or, where a variable is empty, neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switch(Option<bool>);

impl Switch {
    /// Reads a switch that may also stand in a variable, which whoever is told of an error did perhaps not type.
    fn parser(variable: &'static str) -> impl Fn(&str) -> Result<Self, String> + Clone + Send + Sync + 'static {
        move |text| match text.trim().to_lowercase().as_str() {
            "" => Ok(Self(None)),
            "true" | "yes" | "on" | "1" | "y" => Ok(Self(Some(true))),
            "false" | "no" | "off" | "0" | "n" => Ok(Self(Some(false))),
            _ => Err(format!(
                "neither true nor false (yes and no, on and off, 1 and 0 will do); is {variable} set to it?"
            )),
        }
    }
}

/// Everything the start needs to know.
#[derive(Debug)]
pub struct Settings {
    /// What to connect to.
    pub target: Target,
    /// The account in memory instead.
    pub demo: bool,
    /// What can be changed later.
    pub options: Options,
    /// Words in a profile's name that mean production.
    pub production: Vec<String>,
    /// The log file.
    pub log: Option<PathBuf>,
    /// Where lists are kept between runs.
    pub cache: Option<PathBuf>,
    /// Where a person's saved events are.
    pub data: Option<PathBuf>,
    /// What was wrong with the configuration file or a value: shown, never a reason not to start.
    pub complaints: Vec<String>,
}

/// What surrounds the program: told, so that tests can tell something else.
#[derive(Debug, Default, Clone)]
pub struct Surroundings {
    /// The text of the configuration file and its path, if it could be read.
    pub config: Option<(PathBuf, Result<String, String>)>,
    /// The folder for what may be lost.
    pub cache: Option<PathBuf>,
    /// The folder for what a person saves.
    pub data: Option<PathBuf>,
    /// `NO_COLOR` is set to something, or the terminal has no colours.
    pub no_color: bool,
    /// How many it has.
    pub colours: Colours,
    /// The terminal cannot show Unicode.
    pub no_unicode: bool,
}

impl Surroundings {
    /// Those of this process.
    pub fn of_process() -> Self {
        use etcetera::BaseStrategy as _;
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let dirs = etcetera::choose_base_strategy().ok();
        let path = dirs.as_ref().map(|dirs| dirs.config_dir().join("lambdash").join("config.toml"));
        let config = path.and_then(|path| match std::fs::read_to_string(&path) {
            Ok(text) => Some((path, Ok(text))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => Some((path, Err(error.to_string()))),
        });
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default().to_uppercase();
        let terminal = set("TERM").unwrap_or_default();
        let colours = terminal::colours(set);
        let utf8 = cfg!(windows) || locale.contains("UTF-8") || locale.contains("UTF8");
        Self {
            config,
            cache: dirs.as_ref().map(|dirs| dirs.cache_dir().join("lambdash")),
            data: dirs.map(|dirs| dirs.data_dir().join("lambdash")),
            no_color: set("NO_COLOR").is_some() || colours.is_none(),
            colours: colours.unwrap_or_default(),
            no_unicode: !utf8 || terminal == "linux",
        }
    }
}

impl Settings {
    /// Arguments and environment first, then the file, then what is usual.
    pub fn new(arguments: Arguments, around: Surroundings) -> Self {
        let mut complaints = Vec::new();
        let file = around.config.map(|(path, text)| file::read(&path, text, &mut complaints)).unwrap_or_default();
        // A variable that is empty is as good as none, and so is an argument.
        let set = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let on = |switch: Option<Switch>| switch.and_then(|switch| switch.0);
        let refresh = set(arguments.refresh)
            .or(file.refresh.map(|value| value.as_str().map_or(value.to_string(), str::to_owned)));
        let theme = set(arguments.theme).or(file.theme);
        let read_only = on(arguments.read_only).or(file.read_only).unwrap_or(false);
        let no_cache = on(arguments.no_cache).or(file.no_cache).unwrap_or(false) || arguments.demo;
        let log_memory =
            set(arguments.log_memory).and_then(|text| megabytes(&text, &mut complaints)).or(file.log_memory);
        // Where none is shown, there is none too few.
        let colours = if around.no_color { Colours::True } else { around.colours };
        let options = Options {
            refresh: refresh.map_or(Refresh::AsPanesSay, |text| rhythm(&text, &mut complaints)),
            theme: theme
                .map(|name| known_theme(name, &mut complaints))
                .map_or_else(|| Options::default().theme, |name| shown_theme(name, colours, &mut complaints)),
            colours,
            no_color: around.no_color,
            ascii: on(arguments.ascii).or(file.ascii).unwrap_or(around.no_unicode),
            cache: !no_cache,
            history: set(arguments.history)
                .or(file.history)
                .map_or(Remember::default(), |word| kept(&word, &mut complaints)),
            log_memory: log_memory.map_or(Options::default().log_memory, |megabytes| held(megabytes, &mut complaints)),
            mouse: file.mouse.unwrap_or(true),
        };
        let target = Target {
            profile: set(arguments.profile).or(set(file.profile)),
            region: set(arguments.region).or(set(file.region)),
            endpoint: set(arguments.endpoint_url).or(set(file.endpoint_url)),
            read_only,
        };
        Self {
            target,
            demo: arguments.demo,
            options,
            production: file.production.unwrap_or_else(|| vec!["prod".to_owned()]),
            log: arguments.log.filter(|path| !path.as_os_str().is_empty()).or(file.log),
            cache: around.cache.filter(|_| !no_cache),
            // The functions of the demo have names of their own making: their events are kept apart.
            data: around.data.map(|data| if arguments.demo { data.join("demo") } else { data }),
            complaints,
        }
    }
}

fn rhythm(text: &str, complaints: &mut Vec<String>) -> Refresh {
    if text.eq_ignore_ascii_case("off") {
        return Refresh::Off;
    }
    match text.parse() {
        Ok(seconds) if (1..=86_400).contains(&seconds) => Refresh::Every(Duration::from_secs(seconds)),
        _ => {
            complaints.push(format!("refresh: {text:?} is neither 1 to 86400 seconds nor \"off\": 60 is taken"));
            Refresh::AsPanesSay
        }
    }
}

/// A word that says what is kept. Of one that says nothing to us, less is kept rather than more.
fn kept(word: &str, complaints: &mut Vec<String>) -> Remember {
    if let Some((_, remember)) = Remember::ALL.iter().find(|(known, _)| *known == word) {
        return *remember;
    }
    let words = Remember::ALL.map(|(known, _)| known).join(", ");
    complaints.push(format!("history: there is no {word:?}: {words} are there; nothing is kept"));
    Remember::Off
}

/// A number of megabytes; what is none is told of, and what is usual is taken.
fn megabytes(text: &str, complaints: &mut Vec<String>) -> Option<u32> {
    let number = text.trim().parse().ok();
    if number.is_none() {
        complaints.push(format!("log_memory: {text:?} is not a number of megabytes"));
    }
    number
}

/// How much of a log is held; what is out of range is brought into it.
fn held(megabytes: u32, complaints: &mut Vec<String>) -> usize {
    const MOST: u32 = 4096;
    let taken = megabytes.clamp(1, MOST);
    if taken != megabytes {
        complaints.push(format!("log_memory: {megabytes} MB is not 1 to {MOST}: {taken} is taken"));
    }
    usize::try_from(taken).unwrap_or(usize::MAX)
}

fn known_theme(name: String, complaints: &mut Vec<String>) -> String {
    if THEMES.contains(&name.as_str()) {
        return name;
    }
    complaints.push(format!("theme: there is no {name:?}: {} are there", THEMES.join(", ")));
    Options::default().theme
}

/// A theme that the terminal has colours for.
fn shown_theme(name: String, colours: Colours, complaints: &mut Vec<String>) -> String {
    if colours.are_enough_for(&name) {
        return name;
    }
    let usual = Options::default().theme;
    complaints.push(format!(
        "theme: this terminal has 16 colours and {name} wants 256, so {usual} is taken; COLORTERM=truecolor says otherwise"
    ));
    usual
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_file(text: &str) -> Settings {
        let config = Some((PathBuf::from("config.toml"), Ok(text.to_owned())));
        Settings::new(Arguments::default(), Surroundings { config, ..Surroundings::default() })
    }

    #[test]
    fn the_file_says_what_arguments_do_not() {
        let text = "region = \"eu-west-1\"\nread_only = true\nrefresh = 30\ntheme = \"dark\"\nproduction = [\"live\"]";
        let config = Some((PathBuf::from("config.toml"), Ok(text.to_owned())));
        let arguments = Arguments { region: Some("us-east-1".into()), ..Arguments::default() };
        let settings = Settings::new(arguments, Surroundings { config, ..Surroundings::default() });
        assert_eq!(settings.target.region.as_deref(), Some("us-east-1"));
        assert!(settings.target.read_only);
        assert_eq!(settings.options.refresh, Refresh::Every(Duration::from_secs(30)));
        assert_eq!(settings.options.theme, "dark");
        assert_eq!(settings.production, ["live"]);
        assert_eq!(settings.complaints, Vec::<String>::new());
    }

    #[test]
    fn a_bad_key_costs_only_itself_and_is_named() {
        let settings = with_file("regoin = \"x\"\nascii = 7\nregion = \"eu-west-1\"");
        assert_eq!(settings.target.region.as_deref(), Some("eu-west-1"));
        assert_eq!(settings.complaints.len(), 2);
        assert!(settings.complaints.iter().any(|complaint| complaint.contains("regoin")), "{:?}", settings.complaints);
        assert!(!settings.options.ascii);
    }

    #[test]
    fn a_broken_file_never_stops_the_start() {
        let settings = with_file("region = ");
        assert_eq!(settings.target.region, None);
        assert_eq!(settings.complaints.len(), 1);
    }

    #[test]
    fn values_that_make_no_sense_are_named() {
        let settings = with_file("refresh = \"often\"\ntheme = \"pink\"\nhistory = \"some\"\nlog_memory = 0");
        assert_eq!(settings.complaints.len(), 4);
        assert_eq!((settings.options.log_memory, with_file("log_memory = 256").options.log_memory), (1, 256));
        assert_eq!(settings.options.theme, "terminal");
        assert_eq!(settings.options.history, Remember::Off, "less is kept rather than more");
        assert_eq!(with_file("history = \"no-payloads\"").options.history, Remember::NoPayloads);
    }

    #[test]
    fn a_theme_that_the_terminal_has_no_colours_for_is_not_taken_and_that_is_said() {
        let with = |colours, no_color| {
            let arguments = Arguments { theme: Some("dark".into()), ..Arguments::default() };
            let settings = Settings::new(arguments, Surroundings { no_color, colours, ..Surroundings::default() });
            (settings.options.theme, settings.complaints.len())
        };
        assert_eq!(with(Colours::Sixteen, false), ("terminal".to_owned(), 1));
        assert_eq!(with(Colours::Indexed, false), ("dark".to_owned(), 0));
        assert_eq!(with(Colours::Sixteen, true), ("dark".to_owned(), 0), "no colour is shown at all");
    }

    #[test]
    fn a_switch_is_said_in_many_words_and_an_empty_variable_says_nothing() {
        let read = Switch::parser("LAMBDASH_ASCII");
        for (text, on) in
            [("1", Some(true)), ("Yes", Some(true)), ("FALSE", Some(false)), ("0", Some(false)), ("", None)]
        {
            assert_eq!(read(text), Ok(Switch(on)), "{text:?}");
        }
        assert!(read("maybe").unwrap_err().contains("LAMBDASH_ASCII"));
    }

    #[test]
    fn what_is_empty_is_not_given() {
        let none = || Some(String::new());
        let arguments = Arguments {
            profile: none(),
            region: none(),
            endpoint_url: none(),
            refresh: none(),
            theme: none(),
            history: none(),
            log_memory: none(),
            log: Some(PathBuf::new()),
            read_only: Some(Switch(None)),
            ..Arguments::default()
        };
        let config = Some((PathBuf::from("config.toml"), Ok("region = \"eu-west-1\"\nread_only = true".to_owned())));
        let settings = Settings::new(arguments, Surroundings { config, ..Surroundings::default() });
        assert_eq!((settings.target.profile, settings.target.region.as_deref()), (None, Some("eu-west-1")));
        assert_eq!((settings.target.endpoint, settings.log, settings.target.read_only), (None, None, true));
        assert_eq!((settings.complaints, settings.options.log_memory), (Vec::new(), Options::default().log_memory));
    }

    #[test]
    fn the_arguments_are_sound() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }
}
