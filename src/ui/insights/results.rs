//! What a query found: a table, one record in full, or why there is nothing.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::console::body_ways;
use super::super::grid::Grid;
use super::super::theme::Role;
use super::super::{Ink, fit, hex_view, json_tree, text_view};
use crate::aws::insights::{MOST_ROWS, QueryStatus};
use crate::model::body::View;
use crate::model::insights::{Insights, Places, Record, Results, Run, Stage};
use crate::model::text_view::Window;
use crate::model::{Model, place_columns};
use crate::panes::grouped;

/// Draws the results.
pub fn draw(canvas: &mut Canvas, places: &Places, model: &Model, ink: &Ink) {
    let room = &model.insights;
    match (&room.record, room.found()) {
        (Some(record), _) => draw_record(canvas, places, record, ink),
        (None, Some(found)) if !room.table.order().is_empty() => draw_table(canvas, places, room, found, ink),
        _ => vacancy(canvas, places.rows, room, ink),
    }
}

fn draw_table(canvas: &mut Canvas, places: &Places, room: &Insights, found: &Results, ink: &Ink) {
    let placed = place_columns(&found.heads, places.rows.width, room.table.scrolled);
    let grid = Grid {
        table: &room.table,
        rows: &found.rows,
        columns: &found.heads,
        placed: &placed,
        cell: &|row, n| found.cell(row, n),
        gone: &|_| false,
        revealed: None,
        ink,
    };
    grid.heads(canvas, places.heads);
    grid.rows(canvas, places.rows);
    remark(canvas, places.remark, room, found, placed.len(), ink);
}

/// How many rows, of how many; and what is not on the screen.
fn remark(canvas: &mut Canvas, area: Rect, room: &Insights, found: &Results, columns: usize, ink: &Ink) {
    let number = |n: usize| grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let (shown, all) = (room.table.order().len(), found.rows.len());
    let count = if shown == all { number(all) } else { format!("{} of {}", number(shown), number(all)) };
    let rows = if all == 1 { "row" } else { "rows" };
    let mut spans = vec![ink.span(Role::Muted, format!(" {count} {rows}"))];
    if !room.table.filter.value().is_empty() {
        spans.push(ink.span(Role::Accent, format!("  /{}", room.table.filter.value())));
    }
    if found.answer.more {
        let most = grouped(i64::from(MOST_ROWS));
        spans.push(ink.span(Role::Warn, format!(" · there are more: a query shows {most}")));
    } else if room.run.as_ref().is_some_and(Run::limit_reached) {
        spans.push(ink.span(Role::Warn, " · there may be more: limit reached"));
    }
    let hidden = found.heads.len().saturating_sub(columns);
    if hidden > 0 {
        let (word, keys) = (if hidden == 1 { "column" } else { "columns" }, "← →");
        spans.push(ink.span(Role::Muted, format!(" · {hidden} more {word}: {keys}")));
    }
    ink.line(canvas, area, 0, spans);
}

fn draw_record(canvas: &mut Canvas, places: &Places, record: &Record, ink: &Ink) {
    let area = places.record();
    let window = Window { width: usize::from(area.width.saturating_sub(1)), height: usize::from(area.height) };
    let Some(view) = record.body.view() else { return };
    match view {
        View::Tree(tree) => json_tree::draw(canvas, area, tree, window, true, ink),
        View::Hex(hex) => hex_view::draw(canvas, area, hex, window, ink),
        View::Text(text) => {
            text_view::draw(canvas, area, text, window, ink, |row| vec![ink.span(Role::Text, row.text)]);
        }
    }
    body_ways(canvas, places.remark, &record.body, view, ink);
    let (role, word) = match (&record.pointer, &record.problem) {
        (_, Some(problem)) => (Role::Warn, format!(" ! {}", problem.brief())),
        (None, None) => (Role::Muted, " a row that sums up: it has no log event of its own".to_owned()),
        (Some(_), None) => (Role::Muted, " the log event, all fields".to_owned()),
    };
    let half = usize::from(area.width).saturating_sub(34);
    let (head, cut) = fit::fit(&word, half, "…");
    ink.line(canvas, places.remark, 0, vec![ink.span(role, format!("{head}{cut}"))]);
}

/// Why there is nothing to see, and what to do.
fn vacancy(canvas: &mut Canvas, area: Rect, room: &Insights, ink: &Ink) {
    let (role, what, advice) = picture(room);
    let width = usize::from(area.width).saturating_sub(4);
    let mut line = 0;
    for (role, text) in [(role, what), (Role::Muted, advice)] {
        for part in fit::wrap(&text, width) {
            ink.line(canvas, area, line, vec![Span::raw("  "), ink.span(role, part)]);
            line += 1;
        }
    }
}

fn picture(room: &Insights) -> (Role, String, String) {
    let told = |role, what: &str, advice: &str| (role, what.to_owned(), advice.to_owned());
    let Some(run) = &room.run else {
        return told(
            Role::Muted,
            "nothing was asked yet",
            "f5 runs the query, ctrl-o offers queries that come along. What a query reads is paid by the GB.",
        );
    };
    match &run.stage {
        Stage::Refused(problem) => (Role::Bad, problem.what(), problem.hint.to_string()),
        _ if run.found().is_some_and(|found| !found.rows.is_empty()) => {
            told(Role::Muted, "no rows fit the filter", "esc clears it")
        }
        Stage::Starting(_) | Stage::Going(_) => told(Role::Muted, "nothing found yet …", ""),
        Stage::Stopped => told(Role::Muted, "stopped before anything was found", "f5 runs the query again"),
        Stage::Over(QueryStatus::Complete) => told(
            Role::Text,
            "no log event fits the query in this range of time",
            "2 to 9 choose another range, t types one; e changes the query. New events take some seconds to be found.",
        ),
        Stage::Over(_) => told(Role::Muted, "nothing was found", "f5 runs the query again"),
    }
}
