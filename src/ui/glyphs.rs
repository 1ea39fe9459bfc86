//! Signs, each one cell wide, and what a terminal without Unicode shows in their place.

use crate::panes::Tone;
use ratatui::buffer::Cell;

/// Before the row under the cursor.
pub const CURSOR: &str = "▌";
/// Before a row that is marked for a comparison.
pub const MARK: &str = "▸";
/// Something is folded away here.
pub const FOLDED: &str = "▸";
/// Text was cut here.
pub const CUT: &str = "…";
/// Ascending, descending.
pub const UP: &str = "↑";
pub const DOWN: &str = "↓";
/// There is more above, below what is seen.
pub const ABOVE: &str = "▲";
pub const BELOW: &str = "▼";
/// A piece of a line across the screen.
pub const RULE: &str = "─";
/// Between the steps of the way here.
pub const STEP: &str = "›";
/// There is more before this.
pub const BACK: &str = "‹";

/// The sign of a state: shape, beside word and colour.
pub fn of_tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "●",
        Tone::Warn => "◐",
        Tone::Bad => "✖",
        Tone::Muted => "○",
        Tone::Plain => "·",
    }
}

/// The sign of how a run ended.
pub fn of_outcome(tone: Tone) -> &'static str {
    if tone == Tone::Good { "✔" } else { of_tone(tone) }
}

/// What stands for a sign where there is only ASCII. What has no stand-in is a question mark.
fn ascii(symbol: &str) -> &'static str {
    match symbol {
        "▌" | "▸" | "›" | "→" => ">",
        "‹" | "←" | "≤" => "<",
        "●" => "*",
        "◐" | "≈" | "…" => "~",
        "✖" => "x",
        "○" => "o",
        "✔" => "+",
        "–" | "·" | "─" | "—" => "-",
        "↑" | "▲" => "^",
        "↓" | "▼" => "v",
        "│" | "▏" => "|",
        "█" => "#",
        "▒" => "=",
        "░" => ".",
        "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "╭" | "╮" | "╰" | "╯" => "+",
        _ => "?",
    }
}

/// Replaces what is not ASCII in a cell, data included.
pub fn to_ascii(cell: &mut Cell) {
    if !cell.symbol().is_ascii() {
        let stand_in = ascii(cell.symbol());
        cell.set_symbol(stand_in);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The signs in the literals of the files of a folder: what tests and comments say does not count.
    fn signs(folder: &std::path::Path) -> Vec<(String, char)> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let of = |path: std::path::PathBuf| {
            if path.is_dir() {
                return signs(&path);
            }
            let source = std::fs::read_to_string(&path).unwrap();
            let code = source.split("#[cfg(test)]").next().unwrap_or_default().lines();
            let code = code.filter(|line| !line.trim_start().starts_with("//"));
            let signs = code.flat_map(str::chars).filter(|c| ('\u{2010}'..'\u{2800}').contains(c));
            signs.map(|sign| (path.display().to_string(), sign)).collect()
        };
        entries.flat_map(of).collect()
    }

    #[test]
    fn every_sign_of_ours_has_a_stand_in() {
        let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let rooms = ["ui", "model", "panes", "aws", "update", "keys"];
        let signs = rooms.into_iter().flat_map(|room| signs(&source.join(room)));
        let without: Vec<_> = signs.filter(|(_, sign)| ascii(&sign.to_string()) == "?").collect();
        assert_eq!(without, []);
    }
}
