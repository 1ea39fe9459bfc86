//! One key press with its modifiers: from a terminal event, from text, and back to text.

use std::fmt;
use std::str::FromStr;

use crokey::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crokey::{KeyCombination, KeyCombinationFormat, OneToThree};

/// A key press in one normal form, so that equal presses compare equal on every terminal:
/// the case of a letter is in the letter (`G`, never `shift-g`), and SHIFT is kept only for
/// keys that are not characters (`shift-tab` is its own key, `backtab`).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord(KeyCombination);

/// A key name that is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the name of a key (examples: j, G, enter, ctrl-r, f5)")]
pub struct NotAKey(String);

impl Chord {
    /// The chord of a terminal event. `None` for releases: Windows and kitty report both ends of
    /// a press, and one press is one action.
    pub fn of(event: KeyEvent) -> Option<Self> {
        (event.kind != KeyEventKind::Release).then(|| Self::new(event.code, event.modifiers))
    }

    fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let (code, modifiers) = match code {
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => {
                // Terminals disagree on the case of ctrl-letters; there is only one of each.
                (KeyCode::Char(latin(c).to_ascii_lowercase()), modifiers - KeyModifiers::SHIFT)
            }
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::SHIFT) => {
                (KeyCode::Char(c.to_ascii_uppercase()), modifiers - KeyModifiers::SHIFT)
            }
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => {
                (KeyCode::BackTab, modifiers - KeyModifiers::SHIFT)
            }
            KeyCode::BackTab => (KeyCode::BackTab, modifiers - KeyModifiers::SHIFT),
            other => (other, modifiers),
        };
        Self(KeyCombination { codes: OneToThree::One(code), modifiers })
    }

    /// The character this press types into a text field, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.0.codes {
            OneToThree::One(KeyCode::Char(c))
                if !self.0.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
            {
                Some(c)
            }
            _ => None,
        }
    }

    /// The same press on a Latin keyboard: a Cyrillic or Greek letter is taken for the Latin letter
    /// on the same key, so that commands work on every layout. Text fields use the press as it is.
    #[must_use]
    pub fn on_latin_layout(self) -> Self {
        match self.0.codes {
            OneToThree::One(KeyCode::Char(c)) => Self::new(KeyCode::Char(latin(c)), self.0.modifiers),
            _ => self,
        }
    }

    /// The press as a terminal event, for the text widgets that understand only those.
    pub fn event(self) -> KeyEvent {
        self.0.into()
    }

    /// Reads a run of presses as tests and documents write them: `"jj<enter>/api<esc>"`.
    /// `<lt>` is a literal `<`.
    pub fn sequence(text: &str) -> Result<Vec<Self>, NotAKey> {
        let mut chords = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = rest.strip_prefix(c).unwrap_or_default();
            if c == '<' {
                let (name, after) = rest.split_once('>').ok_or_else(|| NotAKey(text.to_owned()))?;
                chords.push(name.parse()?);
                rest = after;
            } else {
                chords.push(Self::new(KeyCode::Char(c), KeyModifiers::NONE));
            }
        }
        Ok(chords)
    }
}

impl FromStr for Chord {
    type Err = NotAKey;

    /// Reads `j`, `G`, `enter`, `ctrl-r`, `shift-tab`, `f5`, `lt`.
    fn from_str(name: &str) -> Result<Self, NotAKey> {
        let mut chars = name.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Ok(Self::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
        if name == "lt" {
            return Ok(Self::new(KeyCode::Char('<'), KeyModifiers::NONE));
        }
        let parsed = crokey::parse(name).map_err(|_| NotAKey(name.to_owned()))?;
        match parsed.codes {
            OneToThree::One(code) => Ok(Self::new(code, parsed.modifiers)),
            _ => Err(NotAKey(name.to_owned())),
        }
    }
}

impl fmt::Display for Chord {
    /// As the help and the README show it: `G`, `ctrl-r`, `shift-tab`, `space`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.codes {
            OneToThree::One(KeyCode::Char(' ')) if self.0.modifiers.is_empty() => f.write_str("space"),
            OneToThree::One(KeyCode::Char(c)) if self.0.modifiers.is_empty() => write!(f, "{c}"),
            OneToThree::One(KeyCode::BackTab) => f.write_str("shift-tab"),
            _ => {
                let format = KeyCombinationFormat::default();
                f.write_str(&format.to_string(self.0).to_lowercase())
            }
        }
    }
}

impl fmt::Debug for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{self}>")
    }
}

/// The Latin letter on the key that types `c` on the standard Russian and Greek layouts.
fn latin(c: char) -> char {
    const RUSSIAN: &str = "йцукенгшщзфывапролдячсмитьЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ";
    const GREEK: &str = ";ςερτυθιοπασδφγηξκλζχψωβνμ:΅ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ";
    const LATIN: &str = "qwertyuiopasdfghjklzxcvbnmQWERTYUIOPASDFGHJKLZXCVBNM";
    if c.is_ascii() {
        return c;
    }
    let position = |layout: &str| layout.chars().position(|k| k == c);
    // The Russian home row has one key more than the Latin letters before `z`, hence the layouts
    // are written without the keys that type punctuation in Latin.
    position(RUSSIAN).or_else(|| position(GREEK)).and_then(|i| LATIN.chars().nth(i)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_a_round_trip() {
        for name in ["j", "G", "enter", "ctrl-r", "shift-tab", "f5", "space", "?", "esc", "pagedown", "-", "alt-x"] {
            let chord: Chord = name.parse().unwrap();
            assert_eq!(chord.to_string().parse::<Chord>().unwrap(), chord, "{name}");
        }
    }

    #[test]
    fn one_press_has_one_form() {
        let shifted = Chord::of(KeyEvent::new(KeyCode::Char('g'), KeyModifiers::SHIFT)).unwrap();
        assert_eq!(shifted, "G".parse().unwrap());
        let question = Chord::of(KeyEvent::new(KeyCode::Char('?'), KeyModifiers::SHIFT)).unwrap();
        assert_eq!(question, "?".parse().unwrap());
        let control = Chord::of(KeyEvent::new(KeyCode::Char('R'), KeyModifiers::CONTROL)).unwrap();
        assert_eq!(control, "ctrl-r".parse().unwrap());
    }

    #[test]
    fn a_release_is_no_press() {
        let mut event = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert_eq!(Chord::of(event), None);
    }

    #[test]
    fn commands_work_on_a_cyrillic_layout() {
        let chord = Chord::of(KeyEvent::new(KeyCode::Char('о'), KeyModifiers::NONE)).unwrap();
        assert_eq!(chord.on_latin_layout(), "j".parse().unwrap());
        assert_eq!(chord.typed(), Some('о'));
        let quit = Chord::of(KeyEvent::new(KeyCode::Char('с'), KeyModifiers::CONTROL)).unwrap();
        assert_eq!(quit, "ctrl-c".parse().unwrap());
    }

    #[test]
    fn sequences_read_as_written() {
        let chords = Chord::sequence("jG<enter><lt>").unwrap();
        assert_eq!(format!("{chords:?}"), "[<j>, <G>, <enter>, <<>]");
        assert!(Chord::sequence("<nokey>").is_err());
    }
}
