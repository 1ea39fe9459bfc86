//! Ways through a tree: along a path, to the members of a value, and up to what it stands in.

use super::super::json;
use super::super::json_path::{NotThere, Step};
use super::entries::Kind;
use super::{JsonTree, pair};

impl JsonTree {
    /// Shows only what a path leads to; the empty path shows everything.
    ///
    /// # Errors
    /// Where the path leaves the tree, and what there is instead.
    pub fn show(&mut self, path: &[Step]) -> Result<usize, NotThere> {
        let mut roots = vec![0_usize];
        for (n, step) in path.iter().enumerate() {
            let next: Vec<usize> = roots.iter().flat_map(|root| self.step(*root, step)).collect();
            if next.is_empty() {
                let there = roots.first().map(|root| self.what_is(*root)).unwrap_or_default();
                return Err(NotThere { step: n, there });
            }
            roots = next;
        }
        self.roots = roots.into_iter().filter_map(|root| u32::try_from(root).ok()).collect();
        for root in self.roots.clone() {
            if let Some(entry) = self.entries.get_mut(root as usize) {
                entry.folded = false;
            }
        }
        self.arrange();
        Ok(self.roots.len())
    }

    /// What a value is, for who looked for something else there.
    fn what_is(&self, at: usize) -> String {
        let Some(entry) = self.entry(at) else { return String::new() };
        let value = self.parts(at).1;
        match (entry.kind, value) {
            (Kind::Open, "{") => {
                let keys = self.children(at).filter_map(|child| self.parts(child).0);
                let some: Vec<String> = keys.take(6).map(json::unquoted).collect();
                let more = if some.len() < entry.members as usize { " …" } else { "" };
                format!("there are {}{more}", some.join(", "))
            }
            (Kind::Open, _) => format!("it is an array of {}", entry.members),
            (_, "{}" | "[]") => "it is empty".to_owned(),
            _ => "it is a value without members".to_owned(),
        }
    }

    fn step(&self, at: usize, step: &Step) -> Vec<usize> {
        match step {
            Step::Key(name) => {
                let named = |child: &usize| self.parts(*child).0.is_some_and(|key| json::unquoted(key) == *name);
                // Of several members of one name the last one counts, as for every reader of JSON.
                self.children(at).filter(named).last().into_iter().collect()
            }
            Step::Nth(n) => {
                let members = self.entry(at).map_or(0, |entry| entry.members as usize);
                let n = if *n < 0 { members.checked_sub(n.unsigned_abs()) } else { Some(n.unsigned_abs()) };
                n.and_then(|n| self.children(at).nth(n)).into_iter().collect()
            }
            Step::Each => self.children(at).collect(),
        }
    }

    /// The members of a container.
    fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.entry(at).filter(|entry| entry.kind == Kind::Open).map_or(at, |entry| entry.link as usize);
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.after(child);
            Some(child)
        })
    }

    /// The entry behind a value and all that is in it.
    pub(super) fn after(&self, at: usize) -> usize {
        match self.entry(at) {
            Some(entry) if entry.kind == Kind::Open => entry.link as usize + 1,
            _ => at + 1,
        }
    }

    /// The container that an entry stands in.
    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        let mut at = at;
        loop {
            at = at.checked_sub(1)?;
            let entry = self.entry(at)?;
            match entry.kind {
                Kind::Open => return Some(at),
                Kind::Close => at = entry.link as usize,
                Kind::Value => {}
            }
        }
    }

    /// The path of a row from the whole, as a path filter reads it: `.items[0].sku`.
    pub fn path(&self, n: usize) -> Option<String> {
        let at = *self.shown.get(n)? as usize;
        let mut at = if self.entry(at)?.kind == Kind::Close { self.entry(at)?.link as usize } else { at };
        let mut steps = Vec::new();
        while let Some(parent) = self.parent(at) {
            let nth = || self.children(parent).take_while(|child| *child != at).count();
            let key = self.parts(at).0.map(|key| Step::Key(json::unquoted(key)));
            steps.push(key.unwrap_or_else(|| Step::Nth(isize::try_from(nth()).unwrap_or(isize::MAX))));
            at = parent;
        }
        if steps.is_empty() {
            return Some(".".to_owned());
        }
        Some(steps.iter().rev().map(ToString::to_string).collect())
    }

    /// The text of a row's value with all that is in it, as written.
    pub fn source(&self, n: usize) -> Option<&str> {
        self.source_of(*self.shown.get(n)? as usize)
    }

    pub(super) fn source_of(&self, at: usize) -> Option<&str> {
        let entry = self.entry(at)?;
        let open = if entry.kind == Kind::Close { entry.link as usize } else { at };
        let from = self.span(open).end - self.parts(open).1.len();
        let end = match self.entry(open)?.kind {
            Kind::Open => self.entry(self.entry(open)?.link as usize)?.start as usize + 1,
            _ => self.span(open).end,
        };
        self.text.get(from..end)
    }

    /// The text of the value that a path leads to, as written; of the first one, if to several.
    pub fn value_at(&self, path: &[Step]) -> Option<&str> {
        let mut at = 0;
        for step in path {
            at = *self.step(at, step).first()?;
        }
        self.source_of(at)
    }

    /// The values that have no members, each with its path from the whole, in the order they are written; at most so
    /// many.
    pub fn leaves(&self, most: usize) -> Vec<(String, &str)> {
        let mut leaves = Vec::new();
        // The path of each container that is open, and how many members of it were met.
        let mut open: Vec<(String, usize)> = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if entry.kind == Kind::Close {
                open.pop();
                continue;
            }
            let (key, value, _) = self.parts(at);
            let path = match (open.last_mut(), key) {
                (None, _) => String::new(),
                (Some((path, _)), Some(key)) => format!("{path}{}", Step::Key(json::unquoted(key))),
                (Some((path, met)), None) => {
                    *met += 1;
                    format!("{path}[{}]", *met - 1)
                }
            };
            if entry.kind == Kind::Open {
                open.push((path, 0));
            } else if leaves.len() < most {
                leaves.push((if path.is_empty() { ".".to_owned() } else { path }, pair(value)));
            } else {
                break;
            }
        }
        leaves
    }
}
