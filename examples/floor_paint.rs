//! The least that a ratatui program can take: one screen of rows, a marker moved by `j` and `k`, `q` to end.
//!
//! `scripts/bench_terminal.py` measures lambdash against it. It asks nothing of the network and keeps no state but the
//! marker, so its exec → first frame and its key → paint are the floor under ours.

use ratatui::{
    Frame,
    crossterm::event::{self, Event, KeyCode},
    style::{Color, Stylize},
    text::{Line, Span},
};

fn main() -> std::io::Result<()> {
    let mut terminal = ratatui::try_init()?;
    let outcome = run(&mut terminal);
    ratatui::try_restore()?;
    outcome
}

fn run(terminal: &mut ratatui::DefaultTerminal) -> std::io::Result<()> {
    let mut marked = 0_u16;
    loop {
        terminal.draw(|frame| draw(frame, marked))?;
        // Any other event is another frame, as in a program that has a screen to keep.
        if let Event::Key(key) = event::read()? {
            match key.code {
                KeyCode::Char('j') => marked = marked.saturating_add(1),
                KeyCode::Char('k') => marked = marked.saturating_sub(1),
                KeyCode::Char('q') => return Ok(()),
                _ => {}
            }
        }
    }
}

fn draw(frame: &mut Frame<'_>, marked: u16) {
    let area = frame.area();
    // Past the bottom the rows go up by one, as they do in any list.
    let first = usize::from((marked + 1).saturating_sub(area.height));
    for (row, line) in (first..).zip(area.rows()) {
        let here = row == usize::from(marked);
        let marker = if here { "▌".fg(Color::Cyan) } else { Span::raw(" ") };
        let cells = format!(" ● active   function-{row:05}          python3.13    512     30 s    2 h");
        let cells = if here { cells.bold() } else { Span::raw(cells) };
        frame.render_widget(Line::from(vec![marker, cells]), line);
    }
}
