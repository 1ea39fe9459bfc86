//! Colours and weights by role, from the theme files.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::LazyLock;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::panes::Tone;

static FILES: [(&str, &str); 3] = [
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
];

static THEMES: LazyLock<HashMap<&'static str, Theme>> = LazyLock::new(|| {
    let read = |(name, file): &(&'static str, &'static str)| Some((*name, Theme::read(file)?));
    FILES.iter().filter_map(read).collect()
});

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
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
    /// What a filter found.
    Match,
}

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
    styles: HashMap<Role, Style>,
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
        static NONE: LazyLock<Theme> = LazyLock::new(Theme::default);
        THEMES.get(name).or_else(|| THEMES.get("terminal")).unwrap_or(&NONE)
    }

    fn read(file: &str) -> Option<Self> {
        let file: File = toml::from_str(file).ok()?;
        let colour = |name: &Option<String>| name.as_deref().and_then(|name| Color::from_str(name).ok());
        let mut base = Style::new();
        base.fg = colour(&file.foreground);
        base.bg = colour(&file.background);
        let mut styles = HashMap::new();
        for (name, value) in file.rest {
            let role = Role::deserialize(toml::Value::String(name)).ok();
            let entry = value.is_table().then(|| Entry::deserialize(value).ok()).flatten();
            if let (Some(role), Some(entry)) = (role, entry) {
                styles.insert(role, entry.style());
            }
        }
        Some(Self { base, styles })
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(&role).copied().unwrap_or_default()
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
            let theme = THEMES.get(name).unwrap();
            for role in [Role::Muted, Role::Good, Role::Warn, Role::Bad, Role::BadgeBad, Role::Selection, Role::Match, Role::Accent] {
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
