//! Signs, each one cell wide, and what a terminal without Unicode shows in their place.

use ratatui::buffer::Buffer;

use crate::panes::Tone;

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

/// What stands for a sign where there is only ASCII. What has no stand-in is a question mark.
fn ascii(symbol: &str) -> &'static str {
    match symbol {
        "▌" | "▸" | "›" => ">",
        "‹" => "<",
        "●" => "*",
        "◐" => "~",
        "✖" => "x",
        "○" => "o",
        "✔" => "+",
        "…" => "~",
        "–" | "·" | "─" | "—" => "-",
        "↑" | "▲" => "^",
        "↓" | "▼" => "v",
        "│" | "▏" => "|",
        "█" => "#",
        "░" => ".",
        "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "╭" | "╮" | "╰" | "╯" => "+",
        _ => "?",
    }
}

/// Replaces everything that is not ASCII on the screen, data included.
pub fn to_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if !cell.symbol().is_ascii() {
            let stand_in = ascii(cell.symbol());
            cell.set_symbol(stand_in);
        }
    }
}
