//! Colours and weights by role, from the theme files.

use std::str::FromStr;
use std::sync::LazyLock;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as NoRole;

use crate::model::Colours;
use crate::panes::Tone;

/// Each is read when it is first used: the first frame waits for one, not for all.
static TERMINAL: LazyLock<Theme> = LazyLock::new(|| Theme::read(include_str!("../../assets/themes/terminal.toml")));
static DARK: LazyLock<Theme> = LazyLock::new(|| Theme::read(include_str!("../../assets/themes/dark.toml")));
static LIGHT: LazyLock<Theme> = LazyLock::new(|| Theme::read(include_str!("../../assets/themes/light.toml")));

static DARK_INDEXED: LazyLock<Theme> = LazyLock::new(|| DARK.indexed());
static LIGHT_INDEXED: LazyLock<Theme> = LazyLock::new(|| LIGHT.indexed());

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
    /// The theme of that name, or the terminal's own colours; in the colours that the terminal shows.
    pub fn named(name: &str, colours: Colours) -> &'static Self {
        match (name, colours) {
            ("dark", Colours::True) => &DARK,
            ("light", Colours::True) => &LIGHT,
            ("dark", _) => &DARK_INDEXED,
            ("light", _) => &LIGHT_INDEXED,
            _ => &TERMINAL,
        }
    }

    /// The same in the nearest of 256 colours.
    fn indexed(&self) -> Self {
        let near = |style: Style| Style { fg: style.fg.map(indexed), bg: style.bg.map(indexed), ..style };
        Self { base: near(self.base), styles: self.styles.map(near) }
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

/// The nearest of 256 colours, of those that are the same on every terminal: a cube of six steps each way, of which
/// the first is wider, and 24 greys (<https://invisible-island.net/xterm/xterm.faq.html>).
fn indexed(colour: Color) -> Color {
    let Color::Rgb(red, green, blue) = colour else { return colour };
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    let distance = |(r, g, b): (u8, u8, u8)| {
        let apart = |one: u8, other: u8| u32::from(one.abs_diff(other)).pow(2);
        apart(red, r) + apart(green, g) + apart(blue, b)
    };
    let cube = (0..216_u8).map(|n| (16 + n, (level(n / 36), level(n / 6 % 6), level(n % 6))));
    let greys = (0..24_u8).map(|n| (232 + n, (8 + 10 * n, 8 + 10 * n, 8 + 10 * n)));
    let nearest = cube.chain(greys).min_by_key(|(_, of)| distance(*of));
    nearest.map_or(colour, |(index, _)| Color::Indexed(index))
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
            let theme = Theme::named(name, Colours::True);
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
    fn where_there_are_256_colours_the_nearest_are_taken_and_stay_apart() {
        assert_eq!(indexed(Color::Rgb(0, 0, 0)), Color::Indexed(16));
        assert_eq!(indexed(Color::Rgb(255, 255, 255)), Color::Indexed(231));
        assert_eq!(indexed(Color::Rgb(0x5f, 0xd7, 0xff)), Color::Indexed(81));
        assert_eq!(indexed(Color::Rgb(19, 18, 17)), Color::Indexed(233));
        assert_eq!(indexed(Color::Red), Color::Red);
        for name in ["dark", "light"] {
            let theme = Theme::named(name, Colours::Indexed);
            let fg = |role| theme.style(role).fg;
            assert!(fg(Role::Good) != fg(Role::Bad) && fg(Role::Warn) != fg(Role::Muted), "{name}");
            assert!(theme.styles.iter().all(|style| !matches!(style.fg, Some(Color::Rgb(..)))), "{name}");
        }
    }

    #[test]
    fn meaning_survives_without_colour() {
        let theme = Theme::named("terminal", Colours::True);
        for role in [Role::BadgeBad, Role::Selection, Role::Bad] {
            assert_ne!(without_colour(theme.style(role)), Style::default(), "{role:?}");
        }
    }
}
