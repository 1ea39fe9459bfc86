//! The changes there were, to be taken back.

/// The most changes that are remembered, and the most bytes in them.
const MOST: usize = 1000;
const BYTES: usize = 32 * 1024 * 1024;

/// One change.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    /// Where, in bytes.
    pub at: usize,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
    /// The cursor before.
    pub cursor: usize,
    /// The origin of the text before, and since.
    pub origins: (u64, u64),
}

impl Edit {
    fn bytes(&self) -> usize {
        self.removed.len() + self.inserted.len()
    }

    /// Typing goes on where the last key ended, within a word.
    fn joins(&self, next: &Self) -> bool {
        let typed = |edit: &Self| edit.removed.is_empty() && edit.inserted.chars().count() == 1;
        let spaced = |edit: &Self| edit.inserted.ends_with(char::is_whitespace);
        self.removed.is_empty()
            && typed(next)
            && self.at + self.inserted.len() == next.at
            && (!spaced(next) || spaced(self))
    }
}

/// What can be taken back, and what can be made again.
#[derive(Debug, Clone, Default)]
pub(super) struct Undo {
    done: Vec<Edit>,
    undone: Vec<Edit>,
    bytes: usize,
    /// The cursor moved: what is typed next is a change of its own.
    rested: bool,
}

impl Undo {
    /// What comes next is a change of its own.
    pub(super) fn rest(&mut self) {
        self.rested = true;
    }

    /// Notes a change.
    pub(super) fn note(&mut self, edit: Edit) {
        self.bytes -= self.undone.drain(..).map(|edit| edit.bytes()).sum::<usize>();
        self.bytes += edit.bytes();
        let rested = std::mem::take(&mut self.rested);
        match self.done.last_mut().filter(|last| !rested && last.joins(&edit)) {
            Some(last) => last.inserted.push_str(&edit.inserted),
            None => self.done.push(edit),
        }
        let mut forgotten = 0;
        while self.done.len() - forgotten > MOST || (self.bytes > BYTES && self.done.len() - forgotten > 1) {
            self.bytes -= self.done.get(forgotten).map_or(0, Edit::bytes);
            forgotten += 1;
        }
        self.done.drain(..forgotten);
    }

    /// With the change noted last another text began.
    pub(super) fn begun_anew(&mut self, origin: u64) {
        if let Some(edit) = self.done.last_mut() {
            edit.origins.1 = origin;
        }
    }

    /// The last change, to be taken back.
    pub(super) fn back(&mut self) -> Option<Edit> {
        self.done.pop()
    }

    /// It was taken back.
    pub(super) fn undone(&mut self, edit: Edit) {
        self.undone.push(edit);
        self.rest();
    }

    /// The last change taken back, to be made again.
    pub(super) fn forth(&mut self) -> Option<Edit> {
        self.undone.pop()
    }

    /// It was made again.
    pub(super) fn redone(&mut self, edit: Edit) {
        self.done.push(edit);
        self.rest();
    }
}
