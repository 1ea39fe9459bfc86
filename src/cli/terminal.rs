//! What the terminal can show, as its environment says: nobody is asked, as an answer may never come.

use crate::model::Colours;

/// How many colours there are; `None` where there are none.
///
/// Terminals of 24 bits say so in `COLORTERM` (<https://github.com/termstandard/colors>), or can be told by a variable
/// of their own. All others say in `TERM` what they are called.
pub fn colours(variable: impl Fn(&str) -> Option<String>) -> Option<Colours> {
    let is = |name: &str, words: &[&str]| {
        variable(name).is_some_and(|value| words.iter().any(|word| value.to_lowercase().contains(word)))
    };
    let term = variable("TERM").unwrap_or_default();
    if ["dumb", "vt52", "vt100", "vt102", "vt220", "vt320"].contains(&term.as_str()) || term.ends_with("-m") {
        return None;
    }
    let own = ["direct", "kitty", "alacritty", "foot", "ghostty", "wezterm", "contour"];
    let by_name = own.iter().any(|name| term.contains(name));
    let by_variable = is("COLORTERM", &["truecolor", "24bit"])
        || is("TERM_PROGRAM", &["iterm", "wezterm", "ghostty", "vscode", "rio", "hyper"])
        || ["WT_SESSION", "KONSOLE_VERSION", "VTE_VERSION"].iter().any(|name| variable(name).is_some());
    // It hands on what it knows itself, whatever the terminal around it can show.
    let narrow = term == "screen";
    Some(match () {
        () if (by_name || by_variable) && !narrow => Colours::True,
        () if term.contains("256") || by_variable && term == "screen" => Colours::Indexed,
        () if cfg!(windows) => Colours::True,
        () => Colours::Sixteen,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Option<Colours> {
        colours(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn a_terminal_says_how_many_colours_it_has() {
        assert_eq!(of(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Some(Colours::True));
        assert_eq!(of(&[("TERM", "tmux-256color"), ("COLORTERM", "24bit")]), Some(Colours::True));
        assert_eq!(of(&[("TERM", "xterm-kitty")]), Some(Colours::True));
        assert_eq!(of(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")]), Some(Colours::True));
        assert_eq!(of(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")]), Some(Colours::Indexed));
        assert_eq!(of(&[("TERM", "xterm-256color")]), Some(Colours::Indexed));
        assert_eq!(of(&[("TERM", "xterm")]), Some(Colours::Sixteen));
        assert_eq!(of(&[("TERM", "linux")]), Some(Colours::Sixteen));
        assert_eq!(of(&[("TERM", "linux"), ("COLORTERM", "truecolor")]), Some(Colours::True), "who says so means it");
        assert_eq!(of(&[("TERM", "screen"), ("COLORTERM", "truecolor")]), Some(Colours::Indexed));
        assert_eq!((of(&[("TERM", "vt100")]), of(&[("TERM", "dumb")]), of(&[("TERM", "xterm-m")])), (None, None, None));
    }
}
