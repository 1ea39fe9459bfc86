//! A screen as an SVG picture, from the same cells that the terminal would get.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// The size of one cell, in the units of the picture.
const WIDTH: usize = 9;
const HEIGHT: usize = 18;
const BACKGROUND: &str = "#1e1e2e";
const FOREGROUND: &str = "#cdd6f4";

/// Draws the cells: one text element for each run of equal style, placed cell by cell.
pub fn picture(buffer: &Buffer) -> String {
    let area = buffer.area;
    let (width, height) = (usize::from(area.width) * WIDTH + 2 * WIDTH, usize::from(area.height) * HEIGHT + HEIGHT);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n\
         <g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"15\" fill=\"{FOREGROUND}\" xml:space=\"preserve\">\n"
    );
    for (y, row) in buffer.content.chunks(usize::from(area.width).max(1)).enumerate() {
        let mut x = 0;
        while let Some(first) = row.get(x) {
            let run = row.iter().skip(x).take_while(|cell| style(cell) == style(first)).count().max(1);
            let cells = row.get(x..x + run).unwrap_or_default();
            draw_run(&mut svg, x, y, cells);
            x += run;
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn style(cell: &Cell) -> (Color, Color, Modifier) {
    (cell.fg, cell.bg, cell.modifier)
}

fn draw_run(svg: &mut String, x: usize, y: usize, cells: &[Cell]) {
    let Some(first) = cells.first() else { return };
    let text: String = cells.iter().map(Cell::symbol).collect();
    let reversed = first.modifier.contains(Modifier::REVERSED);
    let (mut fg, mut bg) = (colour(first.fg, FOREGROUND), colour(first.bg, BACKGROUND));
    if reversed {
        std::mem::swap(&mut fg, &mut bg);
    }
    let (left, top) = (WIDTH + x * WIDTH, HEIGHT / 2 + y * HEIGHT);
    if bg != BACKGROUND {
        svg.push_str(&format!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{HEIGHT}\" fill=\"{bg}\"/>\n",
            cells.len() * WIDTH
        ));
    }
    if text.trim().is_empty() {
        return;
    }
    let mut attributes = String::new();
    if fg != FOREGROUND {
        attributes.push_str(&format!(" fill=\"{fg}\""));
    }
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::DIM, " opacity=\"0.65\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ] {
        if first.modifier.contains(modifier) {
            attributes.push_str(attribute);
        }
    }
    let baseline = top + HEIGHT - 4;
    let length = cells.len() * WIDTH;
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    svg.push_str(&format!("<text x=\"{left}\" y=\"{baseline}\" textLength=\"{length}\"{attributes}>{text}</text>\n"));
}

/// The terminal's own colours as a usual dark palette shows them.
fn colour(colour: Color, default: &str) -> String {
    let named = match colour {
        Color::Black => "#45475a",
        Color::Red | Color::LightRed => "#f38ba8",
        Color::Green | Color::LightGreen => "#a6e3a1",
        Color::Yellow | Color::LightYellow => "#f9e2af",
        Color::Blue | Color::LightBlue => "#89b4fa",
        Color::Magenta | Color::LightMagenta => "#f5c2e7",
        Color::Cyan | Color::LightCyan => "#94e2d5",
        Color::Gray => "#bac2de",
        Color::DarkGray => "#6c7086",
        Color::White => "#ffffff",
        Color::Rgb(r, g, b) => return format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Reset | Color::Indexed(_) => default,
    };
    named.to_owned()
}
