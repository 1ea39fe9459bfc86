//! Lines of CSV, as RFC 4180 has them.

use std::fmt::Write as _;

/// Writes a line of these cells, and its end.
pub fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (n, cell) in cells.enumerate() {
        let comma = if n > 0 { "," } else { "" };
        // Writing into a String cannot fail.
        let _ = if cell.contains([',', '"', '\n', '\r']) {
            write!(out, "{comma}\"{}\"", cell.replace('"', "\"\""))
        } else {
            write!(out, "{comma}{cell}")
        };
    }
    out.push_str("\r\n");
}
