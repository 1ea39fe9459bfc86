//! Colours and weights by role, from the theme files.

use std::str::FromStr;
use std::sync::LazyLock;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as NoRole;

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

/// One theme.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    base: Style,
    /// By role: a frame asks for thousands.
    styles: [Style; ROLES],
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

    /// Reads a theme file; what cannot be read has no style. The first frame waits for it, so it knows no more of TOML
    /// than such files have: a table a role, a value a line. A test holds it to what TOML says.
    fn read(file: &str) -> Self {
        let mut theme = Self { base: Style::new(), styles: [Style::new(); ROLES] };
        let mut role = None;
        for line in file.lines().map(without_remark) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                role = Some(role_named(name));
            } else if let Some((key, value)) = line.split_once('=') {
                let style = match role {
                    None => Some(&mut theme.base),
                    Some(role) => role.and_then(|role: Role| theme.styles.get_mut(role as usize)),
                };
                if let Some(style) = style {
                    set(style, key.trim(), value.trim());
                }
            }
        }
        theme
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

/// A line without what is said about it. A colour has its `#` right behind a quote.
fn without_remark(line: &str) -> &str {
    let end = if line.starts_with('#') { Some(0) } else { line.find(" #") };
    end.and_then(|end| line.get(..end)).unwrap_or(line).trim()
}

fn role_named(name: &str) -> Option<Role> {
    Role::deserialize(IntoDeserializer::<NoRole>::into_deserializer(name)).ok()
}

/// What one line of a theme file says of a style, or of the whole screen.
fn set(style: &mut Style, key: &str, value: &str) {
    let colour = || Color::from_str(value.trim_matches('"')).ok();
    let modifier = match key {
        "fg" | "foreground" => return style.fg = colour(),
        "bg" | "background" => return style.bg = colour(),
        "bold" => Modifier::BOLD,
        "dim" => Modifier::DIM,
        "italic" => Modifier::ITALIC,
        "underline" => Modifier::UNDERLINED,
        "reversed" => Modifier::REVERSED,
        _ => return,
    };
    if value == "true" {
        *style = style.add_modifier(modifier);
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
    fn a_theme_file_says_what_toml_says_it_does() {
        const FILES: [&str; 3] = [
            include_str!("../../assets/themes/terminal.toml"),
            include_str!("../../assets/themes/dark.toml"),
            include_str!("../../assets/themes/light.toml"),
        ];
        let style_of = |table: &toml::Table| {
            let mut style = Style::new();
            for (key, value) in table {
                match value {
                    toml::Value::String(text) => set(&mut style, key, text),
                    toml::Value::Boolean(on) => set(&mut style, key, &on.to_string()),
                    _ => {}
                }
            }
            style
        };
        for file in FILES {
            let (theme, whole) = (Theme::read(file), toml::from_str::<toml::Table>(file).unwrap());
            let tables = whole.iter().filter_map(|(name, value)| Some((name, value.as_table()?)));
            for (name, table) in tables {
                let role = role_named(name).unwrap_or_else(|| panic!("{name} is no role"));
                assert_eq!(theme.style(role), style_of(table), "{name} of {}", whole["name"]);
            }
            assert_eq!(theme.base, style_of(&whole), "{}", whole["name"]);
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
