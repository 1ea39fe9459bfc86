//! Colours and weights by role, from the theme files.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::LazyLock;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::panes::Tone;

/// Each is read when it is first used: the first frame waits for one, not for all.
static TERMINAL: LazyLock<Theme> = LazyLock::new(|| Theme::read(include_str!("../../assets/themes/terminal.toml")));
static DARK: LazyLock<Theme> = LazyLock::new(|| Theme::read(include_str!("../../assets/themes/dark.toml")));
static LIGHT: LazyLock<Theme> = LazyLock::new(|| Theme::read(include_str!("../../assets/themes/light.toml")));

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Ordinary cells.
    Text,
    /// Of less weight.
    Muted,
    /// What has the keyboard.
    Accent,
    /// The three tones.
    Good,
    Warn,
    Bad,
    /// Lines.
    Border,
    BorderFocus,
    /// Headings.
    Title,
    Header,
    /// Words in the header line.
    BadgeOk,
    BadgeWarn,
    BadgeBad,
    /// The row under the cursor.
    Selection,
    /// What a filter found. The last one: [`ROLES`] counts up to it.
    Match,
}

const ROLES: usize = Role::Match as usize + 1;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Entry {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reversed: bool,
}

/// One theme.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    base: Style,
    /// By role: a frame asks for thousands.
    styles: [Style; ROLES],
}

#[derive(Deserialize)]
struct File {
    foreground: Option<String>,
    background: Option<String>,
    #[serde(flatten)]
    rest: HashMap<String, toml::Value>,
}

impl Theme {
    /// The theme of that name, or the terminal's own colours.
    pub fn named(name: &str) -> &'static Self {
        match name {
            "dark" => &DARK,
            "light" => &LIGHT,
            _ => &TERMINAL,
        }
    }

    /// Reads a theme file; what cannot be read has no style. A test reads all that come along.
    fn read(file: &str) -> Self {
        let Ok(file) = toml::from_str::<File>(file) else { return Self::default() };
        let colour = |name: &Option<String>| name.as_deref().and_then(|name| Color::from_str(name).ok());
        let mut base = Style::new();
        base.fg = colour(&file.foreground);
        base.bg = colour(&file.background);
        let mut styles = [Style::new(); ROLES];
        for (name, value) in file.rest {
            let role = Role::deserialize(toml::Value::String(name)).ok();
            let entry = value.is_table().then(|| Entry::deserialize(value).ok()).flatten();
            let place = role.and_then(|role: Role| styles.get_mut(role as usize));
            if let (Some(place), Some(entry)) = (place, entry) {
                *place = entry.style();
            }
        }
        Self { base, styles }
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// What the whole screen is painted with first.
    pub fn base(&self) -> Style {
        self.base
    }

    /// The style of a tone.
    pub fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Plain => self.style(Role::Text),
            Tone::Good => self.style(Role::Good),
            Tone::Warn => self.style(Role::Warn),
            Tone::Bad => self.style(Role::Bad),
            Tone::Muted => self.style(Role::Muted),
        }
    }
}

impl Entry {
    fn style(&self) -> Style {
        let mut style = Style::new();
        style.fg = self.fg.as_deref().and_then(|name| Color::from_str(name).ok());
        style.bg = self.bg.as_deref().and_then(|name| Color::from_str(name).ok());
        let flags = [
            (self.bold, Modifier::BOLD),
            (self.dim, Modifier::DIM),
            (self.italic, Modifier::ITALIC),
            (self.underline, Modifier::UNDERLINED),
            (self.reversed, Modifier::REVERSED),
        ];
        for (on, modifier) in flags {
            if on {
                style = style.add_modifier(modifier);
            }
        }
        style
    }
}

/// A style without its colours: weight, underline and reversal carry the meaning.
pub fn without_colour(style: Style) -> Style {
    Style { fg: None, bg: None, underline_color: None, ..style }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_that_can_be_chosen_is_there_and_complete() {
        for name in crate::keys::THEMES {
            let theme = Theme::named(name);
            for role in [
                Role::Muted,
                Role::Good,
                Role::Warn,
                Role::Bad,
                Role::BadgeBad,
                Role::Selection,
                Role::Match,
                Role::Accent,
            ] {
                assert_ne!(theme.style(role), Style::default(), "{role:?} of {name}");
            }
        }
    }

    #[test]
    fn meaning_survives_without_colour() {
        let theme = Theme::named("terminal");
        for role in [Role::BadgeBad, Role::Selection, Role::Bad] {
            assert_ne!(without_colour(theme.style(role)), Style::default(), "{role:?}");
        }
    }
}
