//! A text over the screen: how far it is scrolled, and the words that its entries are narrowed to.

use tui_input::{Input, InputRequest};

use super::needle::Needle;
use super::overlay::Scroll;

/// A text that scrolls, and that can be narrowed.
#[derive(Debug, Default)]
pub struct Pager {
    /// The first line shown.
    pub scroll: Scroll,
    words: Input,
    /// What was there before the words that are being typed.
    before: Option<(String, Scroll)>,
}

impl Pager {
    /// The words are being typed.
    pub fn types(&self) -> bool {
        self.before.is_some()
    }

    /// The words, as they are typed.
    pub fn words(&self) -> &str {
        self.words.value()
    }

    /// What an entry must have, each somewhere; nothing while no word is typed.
    pub fn needles(&self) -> Vec<Needle> {
        self.words().split_whitespace().filter_map(Needle::of).collect()
    }

    /// Begins to type.
    pub fn ask(&mut self) {
        self.before = Some((self.words().to_owned(), self.scroll));
    }

    /// Types; what is left is shown from its top.
    pub fn type_key(&mut self, request: InputRequest) {
        self.words.handle(request);
        self.scroll = Scroll::default();
    }

    /// Keeps the words.
    pub fn keep(&mut self) {
        self.before = None;
    }

    /// Goes back one step: to what was there before the typing, else to the whole text; `false` if it was there already.
    pub fn back(&mut self) -> bool {
        if let Some((words, scroll)) = self.before.take() {
            (self.words, self.scroll) = (words.into(), scroll);
            return true;
        }
        let narrowed = !self.words().is_empty();
        if narrowed {
            *self = Self::default();
        }
        narrowed
    }
}
