//! The screen as a function of the model.
//!
//! ```text
//!  acme-prod 123456789012 · eu-west-1 · alice     READ-ONLY  PROD   1,250 of 5,000    header
//!  1 Functions   2 Configuration                                                     tabs
//!
//!  Functions  /orders  12 of 1,250                  orders-api                        title
//!    STATE     NAME ↑         RUNTIME       MEM     state      ● active               heads
//!  ▌ ● active  orders-api     python3.13    512     runtime    python3.13             rows, detail
//!    ● active  orders-archive nodejs22.x    128     memory     512 MB
//!  ! python3.8: deprecated since ...                                                  remark
//!  enter open  i invoke  / filter  ? help                                             footer
//! ```

mod banner;
mod canvas;
mod confirm;
mod console;
mod detail;
mod dialog;
mod diff;
mod fit;
mod footer;
mod form;
mod glyphs;
mod grid;
mod header;
mod help;
mod hex_view;
mod insights;
mod json_tree;
mod logs;
mod menu;
mod messages;
mod notice;
mod pager;
mod palette;
mod table;
mod tabs;
mod text_view;
mod theme;
mod title;
mod typed;
mod vacancy;

use chrono::{DateTime, Utc};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

use crate::model::console::Sheet;
use crate::model::{Model, Overlay, Place, Screen, Size};
use crate::panes::Tone;
pub use canvas::Canvas;
use canvas::Finish;
use dialog::Page;
use theme::{Role, Theme};

/// The lines of a text, each of its spans.
type Lines = Vec<Vec<Span<'static>>>;

/// Draws the whole program as it is, on a canvas that is empty. Pure: the same model gives the same strokes.
pub fn draw(canvas: &mut Canvas, model: &Model) {
    let area = canvas.area;
    canvas.finish = Finish { ascii: model.options.ascii, no_color: model.options.no_color };
    let ink = Ink::of(model);
    let base = ink.theme.base();
    if base != Style::default() {
        canvas.set_style(area, base);
    }
    match model.screen_of(model.pane(), Size { width: area.width, height: area.height }) {
        None => too_small(canvas, area, &ink),
        Some(screen) => everything(canvas, &screen, model, &ink),
    }
}

fn everything(canvas: &mut Canvas, screen: &Screen, model: &Model, ink: &Ink) {
    header::draw(canvas, screen.header, model, ink);
    tabs::draw(canvas, screen.tabs, model, ink);
    match model.views.place() {
        Place::Pane(_) => {
            table::draw(canvas, screen, model, ink);
            banner::draw(canvas, screen.banner, model, ink);
            detail::draw(canvas, screen.detail, model, ink);
        }
        Place::Console => console::draw(canvas, screen.body, model, ink),
        Place::Logs => logs::draw(canvas, screen.body, model, ink),
        Place::Insights => insights::draw(canvas, screen.body, model, ink),
    }
    footer::draw(canvas, screen.footer, model, ink);
    let mut dialog = None;
    for overlay in &model.overlays {
        // Only what is on top can be clicked.
        canvas.choices.clear();
        dialog = overlaid(canvas, screen, overlay, model, ink).or(dialog);
    }
    notice::draw(canvas, screen, dialog, model, ink);
}

/// Draws what lies on top; where, if nothing may lie over that.
fn overlaid(canvas: &mut Canvas, screen: &Screen, overlay: &Overlay, model: &Model, ink: &Ink) -> Option<Rect> {
    let page = |canvas: &mut Canvas, scroll| {
        let page = page(overlay, canvas.area, model, ink)?;
        Some(dialog::draw(canvas, &page, scroll, ink))
    };
    match overlay {
        Overlay::Filter(_) | Overlay::Yank => return None,
        Overlay::Palette(open) => palette::draw(canvas, screen, model, open, ink),
        Overlay::Help(pager) | Overlay::Messages(pager) | Overlay::Detail(pager) => return page(canvas, pager.scroll),
        Overlay::Actions(open) => return Some(menu::draw(canvas, open, model, ink)),
        Overlay::Counterparts(open) => return Some(diff::counterparts(canvas, open, ink)),
        Overlay::Diff(open) => return page(canvas, open.scroll),
        Overlay::Form(open) => return Some(form::draw(canvas, open, model, ink)),
        Overlay::Confirm(open) => return Some(confirm::draw(canvas, open, model, ink)),
        Overlay::Console(sheet) => return console::sheet(canvas, sheet, model, ink),
        Overlay::Queries(picker) => return Some(insights::picks(canvas, picker, model, ink)),
        Overlay::Sources(chosen) => return Some(logs::sources(canvas, *chosen, model, ink)),
    }
    None
}

/// The text of an overlay that is one.
fn page(overlay: &Overlay, screen: Rect, model: &Model, ink: &Ink) -> Option<Page> {
    match overlay {
        Overlay::Help(pager) => Some(help::page(screen, pager, model, ink)),
        Overlay::Messages(pager) => Some(messages::page(screen, pager, model, ink)),
        Overlay::Detail(pager) => detail::page(screen, pager, model, ink),
        Overlay::Diff(open) => Some(diff::page(screen, open, ink)),
        _ => None,
    }
}

/// How many steps down from the chosen one the choice is that lies there; `None` where there is none. Where things are
/// is known only to those who lay them out.
pub fn steps_to(model: &Model, x: u16, y: u16) -> Option<isize> {
    let mut canvas = Canvas::default();
    canvas.begin(model.size);
    draw(&mut canvas, model);
    let hit = |(area, _): &&(Rect, isize)| area.contains(Position { x, y });
    canvas.choices.iter().find(hit).map(|(_, steps)| *steps)
}

/// How far the text on top can be scrolled: its end is known only to those who lay it out.
pub fn end_of_text(model: &Model) -> Option<usize> {
    let screen = Rect { x: 0, y: 0, width: model.size.width, height: model.size.height };
    if let Some(Overlay::Confirm(open)) = model.overlays.last() {
        return Some(confirm::end(screen, open, model, &Ink::of(model)));
    }
    if let Some(Overlay::Console(Sheet::Sending(open))) = model.overlays.last() {
        return Some(console::end_of_sending(screen, open, model, &Ink::of(model)));
    }
    let page = page(model.overlays.last()?, screen, model, &Ink::of(model))?;
    Some(page.end(screen))
}

fn too_small(canvas: &mut Canvas, area: Rect, ink: &Ink) {
    ink.line(canvas, area, 0, vec![ink.span(Role::Warn, "terminal too small (20x5)")]);
}

/// What drawing needs besides the model: the colours, and the time for ages.
pub(crate) struct Ink {
    theme: &'static Theme,
    now: DateTime<Utc>,
}

impl Ink {
    fn of(model: &Model) -> Self {
        Self { theme: Theme::named(&model.options.theme, model.options.colours), now: model.clock.now().wall }
    }

    fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    fn tone(&self, tone: Tone) -> Style {
        self.theme.tone(tone)
    }

    fn span<'a>(&self, role: Role, text: impl Into<std::borrow::Cow<'a, str>>) -> Span<'a> {
        Span::styled(text, self.style(role))
    }

    /// Writes one line of an area, cut at its right edge. Lines outside the area are not written.
    fn line(&self, canvas: &mut Canvas, area: Rect, line: u16, spans: Vec<Span<'_>>) {
        let area = area.intersection(canvas.area);
        if line < area.height {
            canvas.write(area.x, area.y + line, area.width, spans);
        }
    }

    /// Writes one line that ends at the right edge of an area, over what is there.
    fn line_right(&self, canvas: &mut Canvas, area: Rect, line: u16, spans: Vec<Span<'_>>) {
        let width = u16::try_from(fit::cells(&spans)).unwrap_or(area.width).min(area.width);
        let area = Rect { x: area.right().saturating_sub(width), width, ..area }.intersection(canvas.area);
        if line < area.height {
            canvas.write(area.x, area.y + line, width, spans);
        }
    }
}
