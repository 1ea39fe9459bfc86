//! A streamed answer on its way: its beginning in memory, and all of it in a file once that is not enough.

use std::fs::File;
use std::io::Write as _;

use tempfile::TempPath;
use tokio::sync::mpsc;

use super::executor::Arrival;
use crate::aws::{self, Aws, Invocation, Piece, Problem};
use crate::model::console::{Answer, Arrived};
use crate::model::{Msg, Ticket};

/// How much of an answer is kept in memory, in bytes. Streams may be 200 MB long.
const KEPT: usize = 8 * 1024 * 1024;
/// Beyond that the screen hears of every so many bytes.
const TOLD: u64 = 1024 * 1024;

/// Invokes, and tells the screen of the answer as it comes.
///
/// # Errors
/// As [`aws::invoke_streaming`].
pub async fn invoke(
    aws: Aws,
    invocation: Invocation,
    ticket: Ticket,
    inbox: mpsc::UnboundedSender<Arrival>,
) -> Result<Box<Answer>, Problem> {
    let mut collector = Collector::new();
    let outcome = aws::invoke_streaming(aws, invocation, |piece| {
        if let Some((news, shown)) = collector.take(piece) {
            // The inbox is closed only when the program is over.
            let _ = inbox.send(Msg::Streamed { ticket, news, shown }.into());
        }
    });
    let outcome = outcome.await?;
    Ok(Box::new(Answer::of_stream(outcome, collector.finish())))
}

/// Takes the pieces of one answer.
struct Collector {
    kept: Vec<u8>,
    bytes: u64,
    chunks: u64,
    file: Option<Spill>,
    /// How many bytes the screen was told of.
    told: u64,
}

/// The file for what memory does not hold. It goes with a stream that is given up: nobody would be told of it.
enum Spill {
    Open(File, TempPath),
    /// It could not be written, and why.
    Failed(String),
}

impl Collector {
    /// Nothing has come yet.
    fn new() -> Self {
        Self { kept: Vec::new(), bytes: 0, chunks: 0, file: None, told: 0 }
    }

    /// Takes a piece in; gives what the screen should hear: how many bytes came since, and those of
    /// them that are kept.
    fn take(&mut self, piece: Piece) -> Option<(u64, Vec<u8>)> {
        let Piece::Bytes(bytes) = piece else { return Some((0, Vec::new())) };
        self.chunks += 1;
        self.bytes += bytes.len() as u64;
        let room = KEPT - self.kept.len();
        let shown = bytes.get(..bytes.len().min(room)).unwrap_or_default().to_vec();
        if bytes.len() > room || self.file.is_some() {
            self.spill(&bytes);
        }
        self.kept.extend_from_slice(&shown);
        if shown.is_empty() && self.bytes - self.told < TOLD {
            return None;
        }
        let news = self.bytes - self.told;
        self.told = self.bytes;
        Some((news, shown))
    }

    /// Writes what does not fit, after all that came before it.
    fn spill(&mut self, bytes: &[u8]) {
        let kept = &self.kept;
        let file = self.file.get_or_insert_with(|| open(kept).unwrap_or_else(|error| Spill::Failed(error.to_string())));
        if let Spill::Open(open, _) = file
            && let Err(error) = open.write_all(bytes)
        {
            *file = Spill::Failed(error.to_string());
        }
    }

    /// What came in all.
    fn finish(self) -> Arrived {
        let file = self.file.map(|file| match file {
            Spill::Open(_, path) => {
                path.keep().map(|path| path.display().to_string()).map_err(|error| error.error.to_string())
            }
            Spill::Failed(why) => Err(why),
        });
        Arrived { payload: self.kept, bytes: self.bytes, chunks: self.chunks, first: None, file }
    }
}

/// A file that only the person can read, with what is in memory.
fn open(kept: &[u8]) -> std::io::Result<Spill> {
    let file = tempfile::Builder::new().prefix("lambdash-stream-").suffix(".bin").tempfile()?;
    let (mut file, path) = file.into_parts();
    file.write_all(kept)?;
    Ok(Spill::Open(file, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_memory_does_not_hold_is_in_a_file_from_its_beginning() {
        let mut collector = Collector::new();
        let piece: Vec<u8> = (0..=255).cycle().take(3 * 1024 * 1024 + 1).collect();
        let told: u64 = (0..5).filter_map(|_| collector.take(Piece::Bytes(piece.clone()))).map(|(news, _)| news).sum();
        let arrived = collector.finish();
        assert_eq!((arrived.bytes, arrived.chunks, told), (5 * piece.len() as u64, 5, 5 * piece.len() as u64));
        assert_eq!(arrived.payload.len(), KEPT);
        let path = arrived.file.unwrap().unwrap();
        let whole = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(whole, piece.repeat(5));
        assert!(whole.starts_with(&arrived.payload));
    }

    #[test]
    fn the_file_of_a_stream_that_is_given_up_goes_with_it() {
        let mut collector = Collector::new();
        collector.take(Piece::Bytes(vec![0; KEPT + 1]));
        let Some(Spill::Open(_, path)) = &collector.file else { panic!("no file") };
        let path = path.to_path_buf();
        assert!(path.exists());
        drop(collector);
        assert!(!path.exists(), "{}", path.display());
    }

    #[test]
    fn a_small_answer_needs_no_file() {
        let mut collector = Collector::new();
        assert_eq!(collector.take(Piece::Begun), Some((0, vec![])));
        assert_eq!(collector.take(Piece::Bytes(b"abc".to_vec())), Some((3, b"abc".to_vec())));
        assert_eq!(collector.finish().file, None);
    }
}
