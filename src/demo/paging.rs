//! Pages: opaque markers, and limits that are kept whatever is asked for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::answer::Refusal;

/// Where a page begins and how long it is at most.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    operation: String,
    pub start: u64,
    pub most: usize,
}

impl Cut {
    /// A page of `operation` from `marker`, of at most `most` items, fewer when fewer are asked for.
    pub fn new(operation: &str, marker: Option<&str>, asked: Option<usize>, most: usize) -> Result<Self, Refusal> {
        let start = match marker.filter(|marker| !marker.is_empty()) {
            Some(marker) => read(operation, marker).ok_or_else(|| Refusal::invalid("Invalid Marker"))?,
            None => 0,
        };
        Ok(Self { operation: operation.to_owned(), start, most: asked.unwrap_or(most).clamp(1, most) })
    }

    /// The marker of the page that begins at `position`.
    pub fn marker(&self, position: u64) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}/{position}", self.operation))
    }

    /// Cuts the page out of all items: `{list: [...], "NextMarker": ...}`, the last page without a marker.
    pub fn answer(&self, list: &str, items: impl IntoIterator<Item = Value>) -> Value {
        let start = usize::try_from(self.start).unwrap_or(usize::MAX);
        let mut items = items.into_iter().skip(start);
        let page: Vec<Value> = items.by_ref().take(self.most).collect();
        let next = items.next().map(|_| self.marker(self.start + page.len() as u64));
        Self::close(list, page, next)
    }

    /// A page that is already cut.
    pub fn close(list: &str, page: Vec<Value>, next: Option<String>) -> Value {
        let mut answer = serde_json::Map::from_iter([(list.to_owned(), Value::Array(page))]);
        if let Some(next) = next {
            answer.insert("NextMarker".into(), next.into());
        }
        Value::Object(answer)
    }
}

/// The position a marker stands for; none when it is of another operation or of nobody.
fn read(operation: &str, marker: &str) -> Option<u64> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(marker).ok()?).ok()?;
    text.strip_prefix(operation)?.strip_prefix('/')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn numbers(marker: Option<&str>, asked: Option<usize>) -> Value {
        let cut = Cut::new("ListAliases", marker, asked, 2).unwrap();
        cut.answer("Aliases", (1..=3).map(Value::from))
    }

    #[test]
    fn the_last_page_has_no_marker_and_no_page_is_longer_than_the_limit() {
        let first = numbers(None, Some(10_000));
        assert_eq!(first["Aliases"], json!([1, 2]));
        let last = numbers(first["NextMarker"].as_str(), None);
        assert_eq!(last, json!({"Aliases": [3]}));
    }

    #[test]
    fn fewer_are_given_when_fewer_are_asked_for() {
        assert_eq!(numbers(None, Some(1))["Aliases"], json!([1]));
    }

    #[test]
    fn a_marker_of_another_operation_is_refused() {
        let foreign = Cut::new("ListLayers", None, None, 2).unwrap().marker(1);
        assert_eq!(
            Cut::new("ListAliases", Some(&foreign), None, 2).unwrap_err().error,
            "InvalidParameterValueException"
        );
        assert_eq!(Cut::new("ListAliases", Some("?"), None, 2).unwrap_err().status, 400);
    }
}
