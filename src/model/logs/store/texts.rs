//! The texts of events, one behind the other in pieces of a megabyte.

use super::End;

/// How much text a piece holds, in bytes; a longer event has a piece of its own.
const PIECE: usize = 1 << 20;

/// A piece of text and how much of it is still of events that are here.
#[derive(Debug, Default)]
struct Piece {
    text: String,
    live: usize,
}

/// All pieces. One goes when the last of its events does.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pieces: Vec<Piece>,
    /// The piece that is written on, for either end.
    open: [Option<u16>; 2],
}

impl Texts {
    /// Keeps a text and what belongs behind it: the number of its piece, and where it begins there, in bytes.
    pub fn write(&mut self, parts: [&str; 2], end: End) -> (u16, u32) {
        let length = parts.iter().map(|part| part.len()).sum();
        let number = self.piece(end, length);
        let Some(piece) = self.pieces.get_mut(usize::from(number)) else { return (number, 0) };
        let offset = u32::try_from(piece.text.len()).unwrap_or_default();
        piece.text.extend(parts);
        piece.live += length;
        (number, offset)
    }

    /// The text of so many bytes at a place.
    pub fn read(&self, piece: u16, from: usize, length: usize) -> &str {
        let piece = self.pieces.get(usize::from(piece));
        piece.and_then(|piece| piece.text.get(from..from + length)).unwrap_or_default()
    }

    /// What stands behind a place.
    pub fn behind(&self, piece: u16, from: usize) -> &str {
        self.pieces.get(usize::from(piece)).and_then(|piece| piece.text.get(from..)).unwrap_or_default()
    }

    /// So many bytes of a piece are of nobody any more.
    pub fn forget(&mut self, number: u16, length: usize) {
        let written_on = self.open.contains(&Some(number));
        if let Some(piece) = self.pieces.get_mut(usize::from(number)) {
            piece.live = piece.live.saturating_sub(length);
            if piece.live == 0 && !written_on {
                *piece = Piece::default();
            }
        }
    }

    /// How many pieces take memory.
    #[cfg(test)]
    pub fn held(&self) -> usize {
        self.pieces.iter().filter(|piece| piece.text.capacity() > 0).count()
    }

    /// The piece to write so many bytes into.
    fn piece(&mut self, end: End, bytes: usize) -> u16 {
        let open = self.open.get(end as usize).copied().flatten();
        let fits = |n: &u16| {
            self.pieces.get(usize::from(*n)).is_some_and(|piece| piece.text.len() + bytes <= piece.text.capacity())
        };
        if let Some(n) = open.filter(fits) {
            return n;
        }
        let piece = Piece { text: String::with_capacity(bytes.max(PIECE)), live: 0 };
        let n = self.pieces.iter().position(|piece| piece.text.capacity() == 0).unwrap_or_else(|| {
            self.pieces.push(Piece::default());
            self.pieces.len() - 1
        });
        if let Some(place) = self.pieces.get_mut(n) {
            *place = piece;
        }
        // 65,536 pieces of a megabyte are more than any cap.
        let n = u16::try_from(n).unwrap_or(u16::MAX);
        if let Some(open) = self.open.get_mut(end as usize) {
            *open = Some(n);
        }
        n
    }
}
