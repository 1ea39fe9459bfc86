//! Bytes of any kind, named, and the ways to look at them: as a tree, as text, in hexadecimal numbers.

mod gzip;
mod inside;
mod kinds;

use std::sync::Arc;

use super::hex_view::HexView;
use super::json;
use super::text_view::{Motion, TextView, Window};
use super::tree_view::TreeView;
use crate::aws::Text;
use kinds::{is_text, kind};

/// One way to look at bytes.
#[derive(Debug, Clone)]
pub enum View {
    /// As a tree that folds.
    Tree(TreeView),
    /// As text.
    Text(TextView),
    /// In hexadecimal numbers.
    Hex(HexView),
}

impl View {
    /// Moves what is shown, never beyond the ends.
    pub fn go(&mut self, motion: Motion, window: Window) {
        match self {
            Self::Tree(view) => view.go(motion, window),
            Self::Text(view) => view.go(motion, window),
            Self::Hex(view) => view.go(motion, window),
        }
    }

    /// It cannot be moved up: its first row is shown, and under the cursor if it has one.
    pub fn is_at_top(&self, window: Window) -> bool {
        match self {
            Self::Tree(view) => view.cursor() == 0,
            Self::Text(view) => view.rows(window).next().is_none_or(|row| row.line == 0 && row.first),
            Self::Hex(view) => view.is_at_top(window),
        }
    }

    /// Looks for words; no words end the search. `false` when they are not there.
    pub fn search(&mut self, words: &str, window: Window) -> bool {
        match self {
            Self::Tree(view) => view.search(words, window),
            Self::Text(view) => view.search(words, window),
            Self::Hex(_) => words.is_empty(),
        }
    }

    /// Goes to the next or the previous place of the words. `false` when there is none.
    pub fn next_hit(&mut self, forward: bool, window: Window) -> bool {
        match self {
            Self::Tree(view) => view.next_hit(forward, window),
            Self::Text(view) => view.next_hit(forward, window),
            Self::Hex(_) => false,
        }
    }

    /// What is looked for, and in how many places it stands.
    pub fn hits(&self) -> Option<(&str, usize)> {
        match self {
            Self::Tree(view) => Some((view.needle()?.words(), view.hits())),
            Self::Text(view) => Some((view.needle()?.words(), view.hits())),
            Self::Hex(_) => None,
        }
    }
}

/// Bytes and the ways to look at them, one of which is chosen.
#[derive(Debug, Clone)]
pub struct Body {
    bytes: Arc<Vec<u8>>,
    /// How many bytes were unpacked of them.
    unpacked: usize,
    /// What the bytes are: "JSON", "PNG image".
    what: String,
    /// What is worth knowing about them: "not valid UTF-8 from byte 12 on".
    remarks: Vec<String>,
    /// The ways, each with its name.
    views: Vec<(String, View)>,
    chosen: usize,
    /// A value of the tree, opened by itself and decoded.
    opened: Option<(String, View)>,
}

impl Body {
    /// Looks at bytes: once over all of them, so this is work for a task.
    pub fn of(bytes: Vec<u8>) -> Self {
        let mut body = Self::plain(Arc::new(bytes));
        body.look_inside();
        body
    }

    fn plain(bytes: Arc<Vec<u8>>) -> Self {
        let mut body = Self::as_it_is(bytes);
        body.unpack();
        body
    }

    fn as_it_is(bytes: Arc<Vec<u8>>) -> Self {
        let (what, remarks, mut views) = match std::str::from_utf8(&bytes) {
            _ if bytes.is_empty() => ("empty".to_owned(), Vec::new(), Vec::new()),
            Ok(text) if is_text(text) => of_text(text),
            Ok(text) => (kind(&bytes, "binary data"), Vec::new(), vec![("text".to_owned(), text_view(text))]),
            Err(error) => {
                let valid = error.valid_up_to();
                let text = String::from_utf8_lossy(&bytes);
                let unknown = if is_text(&text) { "text" } else { "binary data" };
                let what = kind(&bytes, unknown);
                // Nobody takes a picture for text.
                let remark = (what == unknown).then(|| format!("not valid UTF-8 from byte {valid} on"));
                (what, remark.into_iter().collect(), vec![("text".to_owned(), text_view(&text))])
            }
        };
        let hex = ("hex".to_owned(), View::Hex(HexView::of(bytes.clone())));
        if !views.is_empty() {
            let readable = what == "text" || matches!(views.first(), Some((_, View::Tree(_))));
            views.insert(if readable { views.len() } else { 0 }, hex);
        }
        Self { bytes, unpacked: 0, what, remarks, views, chosen: 0, opened: None }
    }

    /// The bytes in memory: as they came, and unpacked.
    pub fn held(&self) -> usize {
        self.bytes.len() + self.unpacked
    }

    /// The bytes, as they came.
    pub fn bytes(&self) -> &Arc<Vec<u8>> {
        &self.bytes
    }

    /// What they are.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What is worth knowing about them.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// What files of such bytes end in.
    pub fn extension(&self) -> &'static str {
        match self.what.as_str() {
            what if what.starts_with("JSON") => "json",
            "text" => "txt",
            "PNG image" => "png",
            "JPEG image" => "jpg",
            "GIF image" => "gif",
            "WebP image" => "webp",
            "PDF document" => "pdf",
            "ZIP archive" => "zip",
            "gzip data" => "gz",
            _ => "bin",
        }
    }

    /// What is to be seen as text: JSON laid out, a value that was opened, or the bytes as well as
    /// they can be read.
    pub fn as_text(&self) -> String {
        match self.view() {
            Some(View::Tree(view)) => view.tree().laid_out(),
            Some(View::Text(view)) => view.lines().text().to_string(),
            _ => String::from_utf8_lossy(&self.bytes).into_owned(),
        }
    }

    /// The names of the ways to look at them, and which is chosen.
    pub fn names(&self) -> impl Iterator<Item = (&str, bool)> {
        self.views.iter().enumerate().map(|(n, (name, _))| (name.as_str(), n == self.chosen))
    }

    /// What is to be seen: the value that was opened by itself, or else the way chosen. `None` where
    /// there is nothing.
    pub fn view(&self) -> Option<&View> {
        let chosen = || self.views.get(self.chosen).map(|(_, view)| view);
        self.opened.as_ref().map(|(_, view)| view).or_else(chosen)
    }

    /// The same, to be moved.
    pub fn view_mut(&mut self) -> Option<&mut View> {
        match &mut self.opened {
            Some((_, view)) => Some(view),
            None => self.views.get_mut(self.chosen).map(|(_, view)| view),
        }
    }

    /// Goes on to the next way; `false` when there is no other.
    pub fn next_view(&mut self) -> bool {
        let opened = self.opened.take().is_some();
        self.chosen = (self.chosen + 1) % self.views.len().max(1);
        opened || self.views.len() > 1
    }

    /// The path of the value that was opened by itself.
    pub fn opened(&self) -> Option<&str> {
        self.opened.as_ref().map(|(path, _)| path.as_str())
    }

    /// Opens what is under the cursor: a container folds or unfolds, a string is shown decoded.
    pub fn open(&mut self, window: Window) {
        if let Some((_, view)) = &mut self.opened {
            if let View::Tree(view) = view {
                view.toggle(window);
            }
            return;
        }
        let Some((_, View::Tree(view))) = self.views.get_mut(self.chosen) else { return };
        let cursor = view.cursor();
        match view.tree().source(cursor).filter(|source| source.starts_with('"')) {
            Some(source) => {
                let path = view.tree().path(cursor).unwrap_or_default();
                self.opened = Some((path, decoded(&json::unquoted(source))));
            }
            None => view.toggle(window),
        }
    }

    /// Closes what was opened by itself; `false` when nothing was.
    pub fn close(&mut self) -> bool {
        self.opened.take().is_some()
    }
}

/// Text that a person may want to read: JSON or not.
fn of_text(text: &str) -> (String, Vec<String>, Vec<(String, View)>) {
    let bom = text.starts_with('\u{feff}');
    // Between its values JSON may hold lone carriage returns, which would be spelled out.
    let lines = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    let raw = TextView::of(&Text::block(lines));
    let mut remarks = Vec::new();
    if bom {
        remarks.push("it begins with a byte order mark, which JSON may not".to_owned());
    }
    if text.trim().is_empty() {
        remarks.push("nothing but spaces and line ends".to_owned());
    }
    let Some(tree) = TreeView::read(raw.lines().text()) else {
        return ("text".to_owned(), remarks, vec![("text".to_owned(), View::Text(raw.wrapped()))]);
    };
    let what = match text.trim() {
        "null" => "JSON null",
        "true" | "false" => "JSON boolean",
        word if word.starts_with('"') => "JSON string",
        word if word.starts_with(['{', '[']) => "JSON",
        _ => "JSON number",
    };
    let views = vec![("tree".to_owned(), View::Tree(tree)), ("text".to_owned(), View::Text(raw.wrapped()))];
    (what.to_owned(), remarks, views)
}

/// What a string holds: a text of its lines, or the tree of JSON that was packed into it.
fn decoded(text: &str) -> View {
    let raw = TextView::of(&Text::block(text));
    let packed = text.trim_start().starts_with(['{', '[']);
    let tree = packed.then(|| TreeView::read(raw.lines().text())).flatten();
    tree.map_or_else(|| View::Text(raw.wrapped()), View::Tree)
}

fn text_view(text: &str) -> View {
    View::Text(TextView::of(&Text::block(text)).wrapped())
}

#[cfg(test)]
mod tests;
